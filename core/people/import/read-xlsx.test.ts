import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { readXlsx, textOfCell } from './read-xlsx.ts'
import { readZipDirectory } from './zip-directory.ts'
import { testZip, workbookParts } from './test-zip.ts'

const refusal = (code: string) => expect.objectContaining({ code }) as Error

test('texts, numbers and dates of the first sheet are read as texts', async () => {
  const day = { value: new Date('2024-09-01T00:00:00Z'), format: 'dd.mm.yyyy' }
  const archive = await writeXlsxFile(
    [
      {
        sheet: 'Оқытушылар',
        data: [
          ['Коды', 'Ставка', 'Күні'],
          ['0012', 0.5, day],
          [12, 0.1 + 0.2, null],
        ],
      },
      { sheet: 'Other', data: [['nothing']] },
    ],
    {},
  ).toBuffer()
  expect((await readXlsx(archive)).rows).toEqual([
    ['Коды', 'Ставка', 'Күні'],
    ['0012', '0.5', '2024-09-01'],
    ['12', '0.3', ''],
  ])
})

test('a cell with a time of day shows it', () => {
  expect(textOfCell(new Date('2024-09-01T14:30:00Z'))).toBe('2024-09-01 14:30:00')
  expect(textOfCell(new Date('2024-08-31T23:59:59.999Z'))).toBe('2024-09-01')
  expect([textOfCell(true), textOfCell(null), textOfCell(123456789012)]).toEqual(['true', '', '123456789012'])
})

test('a formula gives the value that was computed', async () => {
  const archive = testZip(workbookParts('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'))
  expect((await readXlsx(archive)).rows).toEqual([['2']])
})

test('errors and formulas never computed are named, not taken for empty cells', async () => {
  const row = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>1+1</f></c><c r="C1"><v>3</v></c></row>'
  await expect(readXlsx(testZip(workbookParts(row)))).rejects.toMatchObject({
    code: 'import-cells-broken',
    params: { cells: ['A1', 'B1'] },
  })
})

test('other archives, broken ones and those that unpack to too much are refused', async () => {
  await expect(readXlsx(testZip([{ path: 'mimetype', content: 'application/vnd.oasis' }]))).rejects.toThrow(
    refusal('import-file-type'),
  )
  await expect(readXlsx(Buffer.from('PK\x03\x04 and nothing else'))).rejects.toThrow(
    refusal('import-file-unreadable'),
  )
  const bomb = testZip([...workbookParts(''), { path: 'xl/media.xml', content: '', claims: 0x7fffffff }])
  await expect(readXlsx(bomb)).rejects.toThrow(refusal('import-file-too-large'))
})

test('the directory of an archive is read without unpacking it', () => {
  const archive = testZip([{ path: 'a/b.xml', content: 'aaaa' }])
  const packedBytes = deflateRawSync('aaaa').length
  expect(readZipDirectory(archive)).toEqual([
    { path: 'a/b.xml', method: 8, packedBytes, unpackedBytes: 4, offset: 0 },
  ])
  expect(readZipDirectory(archive.subarray(0, 40))).toBeNull()
})
