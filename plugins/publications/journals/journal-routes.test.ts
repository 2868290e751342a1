import { createEvidence, moveEvidence } from '@ustaz/core/contract'
import { freezeFacts } from '@ustaz/core/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listJournalLists, putJournalList, searchJournals } from '../contract.ts'
import type { TestPublications } from '../test-publications.ts'
import { createTestPublications } from '../test-publications.ts'

let server: TestPublications
beforeAll(async () => {
  server = await createTestPublications()
})
afterAll(() => server.close())

type Source = 'sjr' | 'wos' | 'scopus' | 'koksnvo'
const load = (source: Source, year: number, csv: string) =>
  server.ask('office', putJournalList, { body: { source, year } }, csv)
const find = async (search: string) =>
  (await server.ask('aigul', searchJournals, { query: { search } })).items

// ISSNs of two real journals; their ranks are made up to differ between the years.
const sjr2023 = `Title;Issn;SJR Best Quartile
Nature;"00280836, 14764687";Q1
Voprosy Istorii;00428779;Q3
No rank;12345678;Q9
`
const sjr2024 = `Title;Issn;SJR Best Quartile
Nature;"14764687, 00280836";Q1
Voprosy Istorii;00428779;Q2
`

describe('lists of journals', () => {
  test('are loaded by the office, with what was refused and why', async () => {
    expect(await load('sjr', 2023, sjr2023)).toEqual({
      state: 'loaded',
      rows: 2,
      refusedRows: 1,
      refused: [
        {
          line: 4,
          reason: {
            code: 'quartile-form',
            params: { value: 'Q9' },
            message: '“Q9” is not a quartile (Q1 to Q4).',
          },
          excerpt: 'No rank, 12345678, Q9',
        },
      ],
      droppedIssns: 1,
    })
    await load('sjr', 2024, sjr2024)
    await load('scopus', 2024, 'Source title,ISSN,Percentile\nVoprosy Istorii,0042-8779,61.5\n')
    await load('koksnvo', 2024, 'Title\nVoprosy istorii\n')
  })

  test('stand side by side, several sources and years', async () => {
    const { items } = await server.ask('aigul', listJournalLists, {})
    expect(items.map(({ source, year, rows }) => [source, year, rows])).toEqual([
      ['koksnvo', 2024, 1],
      ['scopus', 2024, 1],
      ['sjr', 2024, 2],
      ['sjr', 2023, 2],
    ])
  })

  test('say of a journal what each year says', async () => {
    expect(await find('0042-8779')).toEqual([
      {
        title: 'Voprosy Istorii',
        issns: ['0042-8779'],
        standings: [
          { source: 'koksnvo', year: 2024, quartile: null, percentile: null, categories: [] },
          { source: 'scopus', year: 2024, quartile: 2, percentile: 61.5, categories: [] },
          { source: 'sjr', year: 2023, quartile: 3, percentile: null, categories: [] },
          { source: 'sjr', year: 2024, quartile: 2, percentile: null, categories: [] },
        ],
      },
    ])
    expect((await find('voprosy')).map(({ issns }) => issns)).toEqual([['0042-8779']])
    expect((await find('nature')).map(({ issns }) => issns)).toEqual([['0028-0836', '1476-4687']])
    expect(await find('no such journal')).toEqual([])
  })

  test('come in pages', async () => {
    const rows = Array.from({ length: 7 }, (_, i) => `Annals ${i},,Q${(i % 4) + 1}`).join('\n')
    await load('wos', 2024, `title,issn,quartile\n${rows}\n`)
    const query = { search: 'annals', page: 2, pageSize: 5 }
    const { items, total } = await server.ask('aigul', searchJournals, { query })
    expect(items.map(({ title }) => title)).toEqual(['Annals 5', 'Annals 6'])
    expect(total).toBe(7)
  })

  test.each(['aigul', 'head', 'dean', 'management', 'nobody'] as const)(
    'are not loaded by %s',
    async (account) => {
      const input = { body: { source: 'sjr' as const, year: 2022 } }
      expect(await server.refusal(account, putJournalList, input, sjr2023)).toMatchObject({
        status: 403,
        code: 'not-allowed',
      })
    },
  )

  test('are not changed by a file of which nothing can be read, or by none', async () => {
    expect(await load('sjr', 2023, 'a,b\n1,2\n')).toMatchObject({
      state: 'refused',
      rows: 0,
      refused: [{ reason: { code: 'columns-missing' } }],
    })
    expect(
      await server.refusal('office', putJournalList, { body: { source: 'sjr', year: 2023 } }),
    ).toMatchObject({ status: 400, code: 'publications.list-empty' })
    expect(await find('voprosy')).toHaveLength(1)
  })
})

describe('a fact', () => {
  test('has the quartile of the year of publication, frozen, whatever is loaded later', async () => {
    const enter = async (year: number, happenedOn: string) => {
      const entered = await server.ask('aigul', createEvidence, {
        body: {
          indicator: 'publications.work',
          data: { type: 'article', title: `Article of ${year}`, year, issns: ['00428779'], index: 'scopus' },
          happenedOn,
          participants: [
            {
              teacherId: server.university.teachers.aigul,
              name: 'Оразбаева А.',
              role: 'author',
              share: null,
              affiliated: true,
            },
          ],
        },
      })
      const move = async (account: 'aigul' | 'office', action: 'submit' | 'approve', revision: number) =>
        await server.ask(account, moveEvidence, { params: { id: entered.id }, body: { action, revision } })
      const submitted = await move('aigul', 'submit', entered.revision)
      await move('office', 'approve', submitted.revision)
    }
    await enter(2022, '2022-05-17')
    await enter(2023, '2023-05-17')
    await enter(2025, '2025-05-17')
    const facts = await freezeFacts(server, { from: '2022-01-01', to: '2025-12-31' })
    expect(
      facts.map(({ happenedOn, attributes }) => {
        const { quartile, quartileList, percentile, recommended } = attributes
        return { happenedOn, quartile, quartileList, percentile, recommended }
      }),
    ).toEqual([
      // No list of 2022 or before: unknown, not a low rank.
      {
        happenedOn: '2022-05-17',
        quartile: undefined,
        quartileList: undefined,
        percentile: undefined,
        recommended: undefined,
      },
      {
        happenedOn: '2023-05-17',
        quartile: 'Q3',
        quartileList: 'sjr-2023',
        percentile: null,
        recommended: null,
      },
      // No list of 2025: the latest before it counts. Both lists say Q2 (61.5 is from 50 to 75); scopus stands first.
      {
        happenedOn: '2025-05-17',
        quartile: 'Q2',
        quartileList: 'scopus-2024',
        percentile: 61.5,
        recommended: true,
      },
    ])
    expect(facts[0]).toMatchObject({
      indicator: 'publications.work',
      quantity: '1',
      role: 'author',
      participants: 1,
    })
  })
})
