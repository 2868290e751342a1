import { describe, expect, test } from 'vitest'
import { dateOf, dateOfParts, looseDate, monthNumber } from './dates.ts'

describe('a date', () => {
  test.each([
    ['2012///', '2012'],
    ['2016/12//', '2016-12'],
    ['2016/01/', '2016-01'],
    ['2005/07/15', '2005-07-15'],
    ['2013/02/15/received', '2013-02-15'],
    ['2024-02-30', '2024-02'],
    ['Mar 2011', '2011-03'],
    ['FEB 2011', '2011-02'],
    ['March 5, 2011', '2011-03-05'],
    ['5 марта 2011', '2011-03-05'],
    ['15.03.2011', '2011-03-15'],
    ['[2009?]', '2009'],
    ['2009-2011', '2009'],
    ['c. 1998', '1998'],
  ])('"%s" is known as %s', (text, date) => {
    expect(looseDate(text)).toEqual({ date, year: Number(date.slice(0, 4)) })
  })

  test.each(['', 'in press', '????', '12', 'forthcoming', '123456'])('"%s" is unknown, not 0', (text) => {
    expect(looseDate(text)).toEqual({ date: null, year: null })
  })

  test('of parts keeps only what is given', () => {
    expect(dateOfParts([[2020, 3]])).toEqual({ year: 2020, date: '2020-03' })
    expect(dateOfParts([[null]])).toEqual({ year: null, date: null })
    expect(dateOfParts(undefined)).toEqual({ year: null, date: null })
  })

  test('with an impossible month is known to the year only', () => {
    expect(dateOf(2020, 13, 1)).toEqual({ year: 2020, date: '2020' })
    expect(dateOf(0)).toEqual({ year: null, date: null })
  })
})

test.each([
  ['03', 3],
  ['December', 12],
  ['қазан', 10],
  ['13', null],
  ['spring', null],
])('month "%s" is %s', (text, month) => {
  expect(monthNumber(text)).toBe(month)
})
