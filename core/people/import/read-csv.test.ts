import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { stringify } from 'csv-stringify/sync'
import { expect, test } from 'vitest'
import { detectDelimiter, parseCsv, readCsv } from './read-csv.ts'

const kazakh = 'Тегі;Аты\nӘуезов;Мұхтар\n'
const rows = [
  ['Тегі', 'Аты'],
  ['Әуезов', 'Мұхтар'],
]

/** Windows-1251 of Russian letters: А is 0xC0, а is 0xE0, in the order of the alphabet. */
function toWindows1251(text: string): Buffer {
  return Buffer.from([...text].map((letter) => toByte(letter.codePointAt(0) ?? 0)))
}
const toByte = (code: number) => (code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code)

test('UTF-8 is read with and without byte order mark', () => {
  expect(readCsv(Buffer.from(kazakh))).toEqual({ rows, notices: [] })
  expect(readCsv(Buffer.from(`\uFEFF${kazakh}`))).toEqual({ rows, notices: [] })
})

test('the Unicode text that Excel saves is read', () => {
  const content = Buffer.from(`\uFEFF${kazakh.replaceAll(';', '\t')}`, 'utf16le')
  expect(readCsv(content)).toEqual({ rows, notices: [] })
})

test('windows-1251 is read with a notice', () => {
  const cells = readCsv(toWindows1251('Фамилия;Имя\nИванов;Петр\n'))
  expect(cells.rows).toEqual([
    ['Фамилия', 'Имя'],
    ['Иванов', 'Петр'],
  ])
  expect(cells.notices.map(({ code }) => code)).toEqual(['import.encoding'])
})

test('comma, semicolon and tab are told apart by the first line, quoted signs left out', () => {
  expect(detectDelimiter('a,b,c\n1;2;3;4;5')).toBe(',')
  expect(detectDelimiter('\r\n"a,b,c,d";e\n')).toBe(';')
  expect(detectDelimiter('a\tb')).toBe('\t')
  expect(detectDelimiter('code')).toBe(',')
  expect(parseCsv('sep=;\r\na;b,c\r\n')).toEqual([[''], ['a', 'b,c']])
})

test('any table is read as it was written, with each delimiter and line end', () => {
  const cell = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
  const forms = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t'),
    record_delimiter: fc.constantFrom('\n', '\r\n'),
  })
  fc.assert(
    fc.property(table, forms, (cells, form) => {
      const all = [['first', 'second'], ...cells]
      expect(parseCsv(stringify(all, { ...form, quoted: true }))).toEqual(all)
    }),
  )
})

test('quotes inside of a cell are kept, unclosed ones are refused with their line', () => {
  expect(parseCsv('name\nКафедра "Абай"\n')).toEqual([['name'], ['Кафедра "Абай"']])
  expect(() => parseCsv('a,b\n"x,y\n')).toThrow(expect.objectContaining({ code: 'import-file-unreadable' }))
})

test('what is no text is refused', () => {
  const node = readFileSync(process.execPath).subarray(0, 4096)
  const other = expect.objectContaining({ code: 'import-file-type', status: 415 }) as Error
  expect(() => readCsv(node)).toThrow(other)
  expect(() => readCsv(Buffer.from('%PDF-1.7\n\x01\x02'))).toThrow(other)
  expect(() => readCsv(Buffer.from('<html><table></table></html>'))).toThrow(other)
})
