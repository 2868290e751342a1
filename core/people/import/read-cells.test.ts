import { expect, test } from 'vitest'
import { limits } from './cells.ts'
import { readCells } from './read-cells.ts'
import { testZip, workbookParts } from './test-zip.ts'

test('CSV and XLSX are told apart by content', async () => {
  expect((await readCells(Buffer.from('a;b\n1;2\n'))).rows).toEqual([
    ['a', 'b'],
    ['1', '2'],
  ])
  const archive = testZip(workbookParts('<row r="2"><c r="A2"><v>5</v></c></row>'))
  expect((await readCells(archive)).rows).toEqual([[''], ['5']])
})

test('a large CSV is read in a thread, a small one at once, and both alike', async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => `N${i};Тегі;Аты`)
  const { rows } = await readCells(Buffer.from(['code;a;b', ...lines].join('\n')))
  expect(rows).toHaveLength(60_001)
  expect(rows.at(-1)).toEqual(['N59999', 'Тегі', 'Аты'])
})

test('a table with more lines or columns than allowed is refused', async () => {
  const wide = Buffer.from('a;'.repeat(limits.columns))
  await expect(readCells(wide)).rejects.toMatchObject({ code: 'import-file-too-large' })
  const long = Buffer.from('a\n'.repeat(limits.rows + 1))
  await expect(readCells(long)).rejects.toMatchObject({ code: 'import-file-too-large' })
})

test('the old Excel format, an empty and a huge file are refused before they are read', async () => {
  const xls = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), Buffer.alloc(600)])
  await expect(readCells(xls)).rejects.toMatchObject({ code: 'import-file-xls', status: 415 })
  await expect(readCells(Buffer.alloc(0))).rejects.toMatchObject({ code: 'import-file-empty', status: 422 })
  const huge = Buffer.alloc(limits.bytes + 1, 'a')
  await expect(readCells(huge)).rejects.toMatchObject({ code: 'import-file-too-large', status: 413 })
})

test('a problem found in the thread arrives with its code and params', async () => {
  const archive = testZip(workbookParts('<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>'))
  await expect(readCells(archive)).rejects.toMatchObject({
    code: 'import-cells-broken',
    status: 422,
    params: { cells: ['A1'] },
  })
})

test('a small archive that spans a whole sheet is refused instead of filling the memory', async () => {
  const rows = ['1', '200000', '1048576'].map((row) => `<row r="${row}"><c r="XFD${row}"><v>1</v></c></row>`)
  await expect(readCells(testZip(workbookParts(rows.join(''))))).rejects.toMatchObject({
    code: 'import-file-too-large',
    status: 413,
  })
})
