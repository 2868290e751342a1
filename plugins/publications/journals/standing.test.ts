import { createTestDatabase } from '@ustaz/core/testing'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PublicationTables } from '../tables.ts'
import type { JournalListSource } from './load-journal-list.ts'
import { loadJournalList } from './load-journal-list.ts'
import { journalStandings } from './standing.ts'

const owner = { owner: 'publications', folder: new URL('../migrations/', import.meta.url) }
let database: Awaited<ReturnType<typeof createTestDatabase>>
let db: Kysely<PublicationTables>
beforeAll(async () => {
  database = await createTestDatabase([owner])
  db = (database.db as unknown as Kysely<PublicationTables>).withSchema('plugin_publications')
})
afterAll(() => database.drop())
beforeEach(() => db.deleteFrom('journal_list').execute())

const load = (source: JournalListSource, year: number, csv: string) =>
  loadJournalList(db, { source, year, file: new TextEncoder().encode(csv) })

/** The standing of one work, or null when no list names its journal. */
async function standingOf(year: number | null, ...issns: string[]) {
  const data = JSON.stringify({ year, issns })
  const evidence = sql`(select 1::bigint as evidence_id, '2023-05-05'::date as happened_on, ${data}::jsonb as data)`
  const { rows } = await journalStandings(evidence).execute(db)
  return rows[0]?.attributes ?? null
}

describe('loading a list', () => {
  const csv = 'title,issn,quartile\nNature,0028-0836; 1476-4687,Q1\n'

  test('keeps several years side by side and does nothing for a file that is there', async () => {
    expect(await load('sjr', 2021, csv)).toMatchObject({ state: 'loaded', rows: 1, refused: [] })
    expect(await load('sjr', 2023, csv)).toMatchObject({ state: 'loaded' })
    expect(await load('sjr', 2023, csv)).toMatchObject({ state: 'unchanged' })
    expect(
      await db.selectFrom('journal_list').select(['source', 'year', 'rows']).orderBy('year').execute(),
    ).toEqual([
      { source: 'sjr', year: 2021, rows: 1 },
      { source: 'sjr', year: 2023, rows: 1 },
    ])
  })

  test('replaces the list of the same year', async () => {
    await load('sjr', 2023, csv)
    expect(await load('sjr', 2023, csv.replace('Q1', 'Q2'))).toMatchObject({ state: 'replaced' })
    expect(await standingOf(2023, '0028-0836')).toMatchObject({ quartile: 'Q2' })
  })

  test('of which no row can be read changes nothing', async () => {
    await load('sjr', 2023, csv)
    expect(await load('sjr', 2023, 'a,b\n1,2\n')).toMatchObject({
      state: 'refused',
      refused: [{ reason: 'columns-missing' }],
    })
    expect(await standingOf(2023, '0028-0836')).toMatchObject({ quartile: 'Q1' })
  })
})

describe('the standing of a journal', () => {
  test('comes from the list of the year of publication, else from the latest before, never from a later one', async () => {
    await load('sjr', 2019, 'title,issn,quartile\nNature,0028-0836,Q3\n')
    await load('sjr', 2021, 'title,issn,quartile\nNature,0028-0836,Q2\n')
    await load('sjr', 2023, 'title,issn,quartile\nNature,0028-0836,Q1\n')
    const quartiles = await Promise.all(
      [2018, 2019, 2020, 2021, 2022, 2023, 2030].map(async (year) => {
        const standing = await standingOf(year, '0028-0836')
        return standing && [standing.quartile, standing.quartileList]
      }),
    )
    expect(quartiles).toEqual([
      null,
      ['Q3', 'sjr-2019'],
      ['Q3', 'sjr-2019'],
      ['Q2', 'sjr-2021'],
      ['Q2', 'sjr-2021'],
      ['Q1', 'sjr-2023'],
      ['Q1', 'sjr-2023'],
    ])
  })

  test('is the best of its ISSNs, its categories and its lists', async () => {
    await load(
      'sjr',
      2023,
      'title,issn,category,quartile\nA,0028-0836,X,Q3\nA,0028-0836,Y,Q2\nA,1476-4687,X,Q4\n',
    )
    expect(await standingOf(2023, '1476-4687', '0028-0836')).toMatchObject({
      quartile: 'Q2',
      quartileList: 'sjr-2023',
    })
    await load('scopus', 2022, 'title,issn,percentile\nA,1476-4687,80\n')
    expect(await standingOf(2023, '1476-4687', '0028-0836')).toMatchObject({
      quartile: 'Q1',
      quartileList: 'scopus-2022',
      percentile: 80,
    })
  })

  test('keeps the quartile of Web of Science apart: unknown where its list of the year or before does not rank the journal', async () => {
    await load('sjr', 2021, 'title,issn,quartile\nA,0028-0836,Q1\n')
    await load('wos', 2022, 'title,issn,category,quartile\nA,0028-0836,X,Q3\nA,0028-0836,Y,Q2\n')
    expect(await standingOf(2021, '0028-0836')).toMatchObject({ quartile: 'Q1', wosQuartile: null })
    expect(await standingOf(2023, '0028-0836')).toMatchObject({ quartile: 'Q1', wosQuartile: 'Q2' })
  })

  test('is found by title in a list without ISSNs, if another list joins the title to one journal', async () => {
    await load('sjr', 2021, 'title,category,quartile\n"Lancet, The",X,Q2\nLANCET (The),Y,Q1\nTwins,X,Q1\n')
    expect(await standingOf(2021, '0140-6736')).toBeNull()
    await load(
      'sjr',
      2023,
      'title,issn,quartile\n"Lancet, The",0140-6736,Q3\nTwins,0028-0836,Q3\nTwins,0378-5955,Q3\n',
    )
    expect(await standingOf(2021, '0140-6736')).toMatchObject({ quartile: 'Q1', quartileList: 'sjr-2021' })
    expect(await standingOf(2021, '0028-0836')).toBeNull() // two journals are called Twins
  })

  test('tells whether the committee recommends it, which is not a quartile', async () => {
    await load('koksnvo', 2022, 'title,issn\nҚарағанды университетінің хабаршысы,2518-1998\n')
    expect(await standingOf(2023, '2518-1998')).toEqual({
      quartile: null,
      quartileList: null,
      wosQuartile: null,
      percentile: null,
      recommended: true,
    })
  })

  test('is unknown, not the lowest, for a journal no list names and for a work without ISSN', async () => {
    await load('sjr', 2023, 'title,issn,quartile\nNature,0028-0836,-\n')
    expect(await standingOf(2023, '0378-5955')).toBeNull()
    expect(await standingOf(2023)).toBeNull()
    expect(await standingOf(2023, '0028-0836')).toMatchObject({ quartile: null, quartileList: null })
  })

  test('of a work of unknown year goes by the day of the evidence', async () => {
    await load('sjr', 2023, 'title,issn,quartile\nNature,0028-0836,Q1\n')
    expect(await standingOf(null, '0028-0836')).toMatchObject({ quartile: 'Q1' })
  })
})
