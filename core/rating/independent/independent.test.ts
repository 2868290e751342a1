import { expect, it } from 'vitest'
import { lineKinds } from '../../contract/resources/runs.ts'
import { compareUniversity, emptyTally } from './universities.ts'

/** 4 x 250 teachers; another number gives others. */
const seed = 20_261_126

it('gives a thousand random teachers what a calculation by hand gives them, line by line and place by place', async () => {
  const tally = emptyTally()
  for (let university = 0; university < 4; university++) {
    await compareUniversity({ seed: seed + 10 * university, teachers: 250, documents: 12 }, tally)
  }
  const { documents, totals, blocked, lines, differences } = tally
  console.log(`seed ${seed}: ${documents} documents, ${totals} totals of ${lines} lines, ${blocked} blocked`)
  expect(differences.slice(0, 20)).toEqual([])
  expect(totals).toBeGreaterThan(5000)
  expect([...tally.kinds].sort()).toEqual([...lineKinds].sort())
}, 240_000)
