import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWrong, readDay, readOrcid, readRate, readYear, text, tidy } from './read-value.ts'
import type { Choices, ReadValue } from './read-value.ts'

const none = {} as Choices
const codeOf = (read: ReadValue, value: string) => {
  const read_ = read(value, none)
  return isWrong(read_) ? read_.code : read_
}

const anyDay = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('every day reads the same in each way of writing it', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      const [year = '', month = '', dayOfMonth = ''] = day.split('-')
      const short = `${Number(dayOfMonth)}.${Number(month)}.${year}`
      for (const written of [
        day,
        `${dayOfMonth}.${month}.${year}`,
        short,
        `${day} 00:00:00`,
        `${day}T00:00:00.000Z`,
      ]) {
        expect(codeOf(readDay, written)).toBe(day)
      }
    }),
  )
})

test('what is no day is refused, not guessed', () => {
  for (const value of [
    '2025-02-29',
    '31.04.2025',
    '45352',
    '01/02/2025',
    '1.2.25',
    '2025-01',
    '2025-01-01 14:30',
    '1899-12-31',
  ]) {
    expect(codeOf(readDay, value)).toBe('import.day')
  }
  expect(codeOf(readDay, '29.02.2024')).toBe('2024-02-29')
})

test('whatever is typed, a day is either real or refused', () => {
  fc.assert(
    fc.property(fc.string(), (value) => {
      const read = codeOf(readDay, value)
      expect(read === 'import.day' || new Date(`${read}T00:00:00Z`).toISOString().startsWith(read)).toBe(true)
    }),
  )
})

test('a rate reads the same with comma, point and superfluous zeros', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), (thousandths) => {
      const written = (thousandths / 1000).toFixed(3)
      const expected = String(thousandths / 1000)
      for (const form of [written, written.replace('.', ','), `${written}000`]) {
        expect(codeOf(readRate, form)).toBe(expected)
      }
    }),
  )
})

test('a rate is above 0 and at most 2, with three decimals at most', () => {
  expect(['0,5', '0.25', '1', '1,0', '2', '2.000'].map((value) => codeOf(readRate, value))).toEqual([
    '0.5',
    '0.25',
    '1',
    '1',
    '2',
    '2',
  ])
  for (const value of ['0', '0,0', '2.001', '-1', '1e0', '0.3333', '50%', '1/2', ',5', '1.', '11']) {
    expect(codeOf(readRate, value)).toBe('import.rate')
  }
})

test('a year has four digits and lies between 1900 and 2100', () => {
  expect(['1900', '1980', '2100'].map((value) => codeOf(readYear, value))).toEqual(['1900', '1980', '2100'])
  for (const value of ['1899', '2101', '80', '1980.5']) expect(codeOf(readYear, value)).toBe('import.year')
})

test('an ORCID iD is read in any form and refused when a digit is mistyped', () => {
  // The example iDs of ORCID's own documentation; the second ends with the check character X.
  for (const id of ['0000-0002-1825-0097', '0000-0002-1694-233X']) {
    expect(codeOf(readOrcid, id)).toBe(id)
    expect(codeOf(readOrcid, `https://orcid.org/${id}`)).toBe(id)
    expect(codeOf(readOrcid, id.replaceAll('-', '').toLowerCase())).toBe(id)
  }
  expect(codeOf(readOrcid, '0000-0002-1825-0098')).toBe('import.orcid-check')
  expect(codeOf(readOrcid, '0000-0002-1825')).toBe('import.orcid')
})

test('a text is one line of composed letters without what nobody sees', () => {
  expect(tidy('  Ұлық\u00A0\n бек\u200B ')).toBe('Ұлық бек')
  expect(tidy('и\u0306')).toBe('й')
  expect(tidy("'=1+1")).toBe('=1+1')
  expect(tidy("'Абай")).toBe("'Абай")
  expect(codeOf(text(3), 'абвг')).toBe('import.too-long')
  expect(codeOf(text(3), '\uD800')).toBe('import.text-unstorable')
})
