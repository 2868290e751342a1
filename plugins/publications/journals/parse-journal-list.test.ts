import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJournalList, quartileOfPercentile } from './parse-journal-list.ts'

describe('a list of journals', () => {
  test('is read by the names of its columns, in any order', () => {
    const csv =
      'rank,Title,ISSN,sjr,best_quartile\n1,"Lancet, The","01406736; 1474547X",12.1,Q1\n2,Nature,00280836,18.5,-\n'
    expect(parseJournalList(csv)).toEqual({
      rows: [
        {
          line: 2,
          title: 'Lancet, The',
          issns: ['0140-6736', '1474-547X'],
          quartile: 1,
          percentile: null,
          category: null,
        },
        { line: 3, title: 'Nature', issns: ['0028-0836'], quartile: null, percentile: null, category: null },
      ],
      refused: [],
      droppedIssns: 0,
    })
  })

  test("in SCImago's own form has semicolons, a byte order mark and decimal commas", () => {
    const csv =
      '\ufeffRank;Title;Type;Issn;SJR;SJR Best Quartile\n1;"Ca-A Cancer Journal";journal;"15424863, 00079235";106,094;Q1\n'
    expect(parseJournalList(csv).rows).toMatchObject([{ issns: ['1542-4863', '0007-9235'], quartile: 1 }])
  })

  test('may give print and electronic ISSN in columns of their own, and a percentile for the quartile', () => {
    const csv = 'Source title,Print ISSN,E-ISSN,Highest percentile\nA,0028-0836,1476-4687,74\n'
    expect(parseJournalList(csv).rows).toMatchObject([
      { issns: ['0028-0836', '1476-4687'], percentile: 74, quartile: 2 },
    ])
  })

  test('may have no ISSN, and a row for each category', () => {
    const csv = 'title,category,quartile\nCa-A,Hematology,Q1\nCa-A,Oncology,Q2\n'
    expect(parseJournalList(csv).rows.map(({ category, quartile }) => [category, quartile])).toEqual([
      ['Hematology', 1],
      ['Oncology', 2],
    ])
  })

  test('that only names journals is read when no ranking is asked for', () => {
    const csv = 'Журнал атауы,ISSN\nҚарағанды университетінің хабаршысы,2518-1998\n'
    expect(parseJournalList(csv).refused[0]?.reason).toBe('columns-missing')
    expect(parseJournalList(csv, { ranked: false }).rows).toMatchObject([
      { issns: ['2518-1998'], quartile: null },
    ])
  })

  test('loses only the rows that cannot be read, each with its line', () => {
    const csv = 'title,issn,quartile\nA,0028-0836,Q5\n,1234-5678,Q1\nB,0028-0837,Q2\n'
    const { rows, refused, droppedIssns } = parseJournalList(csv)
    expect(refused.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'quartile-form'],
      [3, 'journal-not-named'],
    ])
    expect(rows).toMatchObject([{ line: 4, title: 'B', issns: [], quartile: 2 }])
    expect(droppedIssns).toBe(2) // 1234-5678 should end in 9, 0028-0837 in 6
  })

  test.each(['', 'a,b\n1,2\n'])('%j is refused for its columns', (csv) => {
    expect(parseJournalList(csv)).toMatchObject({
      rows: [],
      refused: [{ line: 1, reason: 'columns-missing' }],
    })
  })
})

test.each([
  [100, 1],
  [75, 1],
  [74.9, 2],
  [50, 2],
  [49, 3],
  [25, 3],
  [24.9, 4],
  [0, 4],
])('percentile %d is in quartile %d', (percentile, quartile) => {
  expect(quartileOfPercentile(percentile)).toBe(quartile)
})

test('a higher percentile is never in a worse quartile', () => {
  const percentile = fc.float({ min: 0, max: 100, noNaN: true })
  fc.assert(
    fc.property(percentile, percentile, (a, b) => {
      expect(Math.sign(quartileOfPercentile(a) - quartileOfPercentile(b)) * Math.sign(a - b)).not.toBe(1)
    }),
  )
})
