import { expect, test } from 'vitest'
import { prepareImport } from '../test-import.ts'

test('a unit must stand under one of higher rank, in the file and in what is known', async () => {
  const { run, runAll } = await prepareImport()
  await runAll()
  const head = 'code,kind,parent,name_kk,name_ru,name_en\n'
  const codes = async (line: string) =>
    (await run('units', head + line, { dryRun: true })).lines.flatMap(({ issues }) =>
      issues.map(({ code }) => code),
    )
  expect(await codes('A,faculty,,a,a,a')).toEqual(['import.parent-missing'])
  expect(await codes('A,university,UNI,a,a,a')).toEqual(['import.university-below'])
  expect(await codes('A,faculty,CS,a,a,a')).toEqual(['import.parent-rank'])
  expect(await codes('A,department,FTI,a,a,a')).toEqual(['import.unknown-unit-near'])
  expect(await codes('FIT,department,UNI,a,a,a')).toEqual(['import.unit-above'])
  expect(await codes('A,faculty,B,a,a,a\nB,faculty,A,a,a,a')).toEqual([
    'import.parent-rank',
    'import.parent-rank',
  ])
})
