import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDuplicates, identityKeys, linkPreprints, workIdentity } from './identity.ts'
import { parseWorks } from './import/parse-works.ts'
import type { Work } from './work.ts'
import { authorSchema, workSchema } from './work.ts'

const author = (family: string, sequence = 1) => authorSchema.parse({ family, sequence })
const work = (fields: Partial<Work>): Work => ({
  ...workSchema.parse({
    type: 'article',
    title: 'Fair rating of teachers',
    year: 2020,
    authors: [author('Müller')],
  }),
  ...fields,
})
const fixture = (name: string) =>
  parseWorks(readFileSync(new URL(`./fixtures/${name}`, import.meta.url))).works.map((entry) => entry.work)

/** A record of a DOI in Crossref's form, with the facts of the OpenAlex fixture. */
const crossrefOfOpenAlex = JSON.stringify({
  DOI: '10.1257/0002828042002561',
  member: '11',
  type: 'journal-article',
  title: [
    'Are Emily and Greg More Employable Than Lakisha and Jamal? A Field Experiment on Labor Market Discrimination',
  ],
  issued: { 'date-parts': [[2004, 9, 1]] },
  author: [{ family: 'Bertrand', given: 'Marianne', sequence: 'first' }],
})
const bibtexWithoutDoi = `@article{b, author = {Bertrand, M. and Mullainathan, S.}, year = 2004, journal = {AER},
  title = {Are {Emily} and {Greg} More Employable than {Lakisha} and {Jamal}? A Field Experiment on Labor-Market Discrimination}}`

describe('the same work', () => {
  test('from Crossref, OpenAlex and a BibTeX entry without DOI is one', () => {
    const works = [
      ...parseWorks(crossrefOfOpenAlex).works.map((entry) => entry.work),
      ...fixture('openalex.json'),
      ...parseWorks(bibtexWithoutDoi).works.map((entry) => entry.work),
    ]
    expect(findDuplicates(works)).toEqual([
      { key: 'doi:10.1257/0002828042002561', same: [0, 2, 4], doubtful: [] },
    ])
  })

  test('from a RIS and a BibTeX file of one DOI is one', () => {
    const works = [
      ...fixture('jabref__RisImporterTestDate1.2.ris'),
      ...fixture('jabref__RisImporterTestDate1.1.bib'),
    ]
    expect(findDuplicates(works)).toEqual([{ key: 'doi:10.1063/1.1954747', same: [0, 1], doubtful: [] }])
  })

  test('is found whatever case, marks and punctuation its title has', () => {
    const other = work({ title: 'FAIR RATING, OF TEACHERS.', authors: [author('Muller')] })
    expect(workIdentity(other)).toBe(workIdentity(work({})))
  })

  test('is found in any order of the list', () => {
    const list = [work({ doi: '10.1000/a' }), work({}), work({ title: 'Other' }), work({ doi: '10.1000/A' })]
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 })
    fc.assert(
      fc.property(order, (places) => {
        const groups = findDuplicates(places.map((place) => list[place] as Work))
        expect(groups.map(({ same }) => same.map((i) => places[i]).sort())).toEqual([[0, 1, 3]])
      }),
    )
  })
})

describe('different works', () => {
  test.each([
    ['part I and part II', work({ title: 'Fixed points: Part I' }), work({ title: 'Fixed points: Part II' })],
    ['an article and its erratum of one title', work({}), work({ type: 'correction' })],
    ['an article and its preprint', work({}), work({ type: 'preprint' })],
    ['a conference paper and the article made of it', work({ type: 'conference-paper' }), work({})],
    ['works of different years', work({}), work({ year: 2021 })],
    ['a title in Cyrillic and in Latin letters', work({ title: 'А' }), work({ title: 'A' })],
    ['Kazakh and Russian letters', work({ title: 'Қала' }), work({ title: 'Кала' })],
    ['works of unknown year', work({ year: null }), work({ year: null })],
  ])('%s stay apart', (_, a, b) => {
    expect(findDuplicates([a, b])).toEqual([])
  })

  test('two editorials without author stay apart by their place', () => {
    const editorial = { title: 'Editorial', authors: [], container: 'Nature', volume: '1' }
    expect(findDuplicates([work({ ...editorial, pages: '1' }), work({ ...editorial, pages: '9' })])).toEqual(
      [],
    )
    expect(identityKeys(work({ title: 'Editorial', authors: [] }))).toEqual([])
  })

  test('of two DOIs under one description are left to a person', () => {
    const groups = findDuplicates([work({ doi: '10.1000/a' }), work({ doi: '10.1000/b' }), work({})])
    expect(groups).toMatchObject([{ same: [2], doubtful: [0, 1] }])
  })
})

describe('a preprint', () => {
  const preprint = work({ type: 'preprint', doi: '10.48550/arxiv.1', year: 2019 })

  test('is linked to its article by title, first author and years', () => {
    const links = linkPreprints([preprint, work({ doi: '10.1000/a' }), work({ year: 2025 })])
    expect(links).toEqual([{ preprint: 0, article: 1, because: 'same-title-and-author' }])
  })

  test('is linked by what the source states, whatever the titles', () => {
    const article = work({
      title: 'Renamed',
      doi: '10.1000/a',
      related: [{ relation: 'has-preprint', doi: '10.48550/arxiv.1' }],
    })
    expect(linkPreprints([article, preprint])).toEqual([
      { preprint: 1, article: 0, because: 'stated-by-source' },
    ])
  })
})
