import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { putJournalList, suggestJournals } from '../contract.ts'
import type { TestPublications } from '../test-publications.ts'
import { createTestPublications } from '../test-publications.ts'
import { abbreviated, journalExample } from './journal-matching.ts'
import { compareTitles, featuresOf, ruleOf, titleFeatures } from './title-features.ts'

describe('a title as typed', () => {
  // Titles and their short forms as Crossref gives them (CC0): works 10.1021/acs.jpca.5b00511, 10.1103/PhysRevLett.116.061102,
  // 10.1002/anie.201500000, 10.1001/jama.2019.0001; in Cyrillic: the journals' own pages.
  test.each([
    ['Nature', 'NATURE', 'same'],
    ['The Lancet', 'Lancet', 'same'],
    ['The Journal of Physical Chemistry A', 'J. Phys. Chem. A', 'abbreviated'],
    ['Physical Review Letters', 'Phys. Rev. Lett.', 'abbreviated'],
    ['Proceedings of the National Academy of Sciences', 'Proc. Natl. Acad. Sci.', 'abbreviated'],
    ['Proceedings of the National Academy of Sciences', 'PNAS', 'initials'],
    ['Voprosy Istorii', 'Вопросы истории', 'transliterated'],
    ['Voprosy Yazykoznaniya', 'Вопросы языкознания', 'transliterated'],
    ['Eurasian Chemico-Technological Journal', 'Eurasian Chemical Technological Journal', 'near'],
    ['Physical Review Letters', 'Physics Letters A', 'near'],
  ])('%s by "%s" is %s', (title, typed, how) => {
    expect(compareTitles(typed, [title]).how).toBe(how)
  })

  test('is abbreviated word for word, so that it is known again', () => {
    expect(abbreviated('Journal of Physical Chemistry')).toBe('Jour. Phys. Chem.')
    expect(compareTitles('Jour. Phys. Chem.', ['Journal of Physical Chemistry']).how).toBe('abbreviated')
    expect(abbreviated('Nature')).toBe('Nature')
  })

  test('is measured by letters and words in common, worked by hand', () => {
    // Pairs: ab bc / ab bd share 1 of 4: 2 · 1 / 4.
    expect(compareTitles('abc', ['abd'])).toMatchObject({ letters: 0.5, words: 0, length: 1 })
    expect(compareTitles('annals of physics', ['annals of botany']).words).toBe(0.5)
    expect(ruleOf({ how: 'near', letters: 1 })).toBeLessThan(0.5)
  })

  test('is a question whose candidates are told in numbers from 0 to 1', () => {
    const journals = [
      { titles: ['Physical Review A'], issns: ['2469-9926'], years: [2021] },
      { titles: ['Physical Review B'], issns: ['2469-9950'], years: [2021] },
    ]
    const example = journalExample({ title: 'Phys. Rev. B', year: 2022, issns: ['2469-9950'] }, journals)
    expect(example.key).toBe('physrevb')
    expect(example.candidates.map(({ right }) => right)).toEqual([false, true])
    for (const { features } of example.candidates) {
      expect(features).toHaveLength(titleFeatures.length)
      for (const value of features) expect(value === null || (value >= 0 && value <= 1)).toBe(true)
    }
    const comparisons = journals.map(({ titles }) => compareTitles('x', titles))
    const listed = titleFeatures.indexOf('listed')
    expect(featuresOf(comparisons, journals, null)[0]![listed]).toBeNull()
    expect(featuresOf(comparisons, journals, 2030)[0]![listed]).toBe(0)
  })
})

describe('while nothing was learned', () => {
  let server: TestPublications
  beforeAll(async () => {
    server = await createTestPublications()
    // Titles and ISSNs of real journals; the ranks are made up.
    const csv = `Title;Issn;SJR Best Quartile
Nature;"00280836, 14764687";Q1
Voprosy Istorii;00428779;Q3
Physical Review Letters;"00319007, 10797114";Q1
`
    await server.ask('office', putJournalList, { body: { source: 'sjr', year: 2023 } }, csv)
  })
  afterAll(() => server.close())
  const suggest = async (title: string, year: number | null = null) =>
    (await server.ask('aigul', suggestJournals, { body: { title, year } })).items

  test('a journal is suggested that is called just so, by the rule, with the reason and what the newest list says', async () => {
    expect(await suggest('nature.', 2024)).toMatchObject([
      {
        title: 'Nature',
        issns: ['0028-0836', '1476-4687'],
        learned: false,
        standings: [{ source: 'sjr', year: 2023, quartile: 1 }],
        reasons: [{ message: 'the lists have just this title' }, { message: 'in the list of 2023' }],
      },
    ])
  })

  test('a title in other letters is found, one that is only near is not suggested', async () => {
    const [found] = await suggest('Вопросы истории')
    expect(found).toMatchObject({ title: 'Voprosy Istorii', reasons: [{ code: 'title-transliterated' }] })
    expect(await suggest('Physical Review Lettres')).toEqual([])
    expect(await suggest('Phys. Rev. Lett.')).toEqual([])
    expect(await suggest('...')).toEqual([])
  })

  test('who enters no evidence is not told', async () => {
    const refused = await server.refusal('nobody', suggestJournals, { body: { title: 'Nature' } })
    expect(refused.status).toBe(403)
  })
})
