/**
 * npm run check:rating -- [--minutes 20] [--seed 1] [--teachers 60] [--documents 20]
 *
 * Rates random universities by random regulations, by the product and by the calculation in this folder, for so long. Says every
 * difference with the seed by which it can be had again; exit status 1 where there is one.
 */
import { parseArgs } from 'node:util'
import { compareUniversity, emptyTally } from './universities.ts'

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    teachers: { type: 'string', default: '60' },
    documents: { type: 'string', default: '20' },
  },
})
const [minutes, first, teachers, documents] = [
  values.minutes,
  values.seed,
  values.teachers,
  values.documents,
].map(Number) as [number, number, number, number]

const end = performance.now() + minutes * 60_000
const tally = emptyTally()
let failures = 0
for (let seed = first; performance.now() < end; seed += 10) {
  const before = tally.differences.length
  await compareUniversity({ seed, teachers, documents }, tally).catch((error: unknown) => {
    failures++
    console.error(error)
  })
  for (const difference of tally.differences.slice(before, before + 20)) console.log(difference)
}
const { differences, kinds, ...counts } = tally
console.log({ ...counts, kinds: [...kinds].sort().join(' '), differences: differences.length, failures })
process.exit(differences.length + failures === 0 ? 0 : 1)
