import { expect, test } from 'vitest'
import { cleanFileName } from './file-name.ts'

test.each([
  ['Мақала.pdf', 'Мақала.pdf'],
  ['Скан.PDF', 'Скан.PDF'],
  ['../../etc/passwd', 'passwd.pdf'],
  ['C:\\temp\\отчёт.pdf', 'отчёт.pdf'],
  ['a\u0000b\r\n.pdf', 'ab.pdf'],
  ['fdp.\u202Eexe.pdf', 'fdp.exe.pdf'],
  ['bill.exe', 'bill.exe.pdf'],
  ['...', 'file.pdf'],
  ['', 'file.pdf'],
  ['.pdf', 'pdf.pdf'],
  ['what? "this".pdf', 'what_ _this_.pdf'],
])('%j is kept as %j', (given, kept) => {
  expect(cleanFileName(given, ['pdf'])).toBe(kept)
})

test('a long name keeps its ending within 150 characters', () => {
  const name = cleanFileName(`${'ғ'.repeat(400)}.jpeg`, ['jpg', 'jpeg'])
  expect(name).toBe(`${'ғ'.repeat(145)}.jpeg`)
})

test('a decomposed й and its composed form give one name', () => {
  expect(cleanFileName('и\u0306.pdf', ['pdf'])).toBe('й.pdf')
})
