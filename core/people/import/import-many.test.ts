import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { prepareImport, teachersFile } from './test-import.ts'

test('two imports at once do not mix: the second finds what the first has written', async () => {
  const { run } = await prepareImport()
  const reports = await Promise.all([
    run('teachers', teachersFile),
    run('teachers', teachersFile),
    run('teachers', teachersFile),
  ])
  expect(reports.map(({ counts }) => counts.created).sort()).toEqual([0, 0, 2])
  expect(reports.map(({ counts }) => counts.unchanged).sort()).toEqual([0, 2, 2])
})

test('thousands of lines are written together, and the report lists those that matter', async () => {
  const { db, run } = await prepareImport()
  const line = (i: number) => `N${i},Тегі${i},Аты${i},${i === 8000 ? 'кісі' : 'ер'}\n`
  const csv = `code,family_name,given_name,sex\n${Array.from({ length: 8000 }, (_, i) => line(i + 1)).join('')}`
  const refused = await run('teachers', csv)
  expect(refused).toMatchObject({ written: false, counts: { lines: 8000, refused: 1 }, omitted: 3000 })
  expect(refused.lines).toHaveLength(5000)
  expect(refused.lines.at(-1)).toMatchObject({ line: 8001, outcome: 'refused' })
  const report = await run('teachers', csv.replace('кісі', 'ер'))
  expect(report).toMatchObject({ written: true, counts: { created: 8000 } })
  const { rows } = await sql<{ n: number }>`select count(*) as n from teacher`.execute(db)
  expect(rows).toEqual([{ n: 8000 }])
})
