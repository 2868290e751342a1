import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Described, Source } from './merge.ts'
import { mergeWorks, sources } from './merge.ts'
import type { Work } from './work.ts'
import { authorSchema, workSchema } from './work.ts'

const described = (source: Source, fields: Partial<Work> = {}): Described => ({
  source,
  work: { ...workSchema.parse({ type: 'article', title: 'T' }), ...fields },
})
const name = (family: string, given: string | null, orcid: string | null = null, sequence = 1) =>
  authorSchema.parse({ family, given, orcid, sequence })

describe('two descriptions of one work', () => {
  test('give each field from the source that knows it', () => {
    const { work, provenance } = mergeWorks(
      described('bibtex', { volume: '12', title: 'typed by hand' }),
      described('crossref', { doi: '10.1000/a', title: 'As registered' }),
    )
    expect(work).toMatchObject({ volume: '12', doi: '10.1000/a', title: 'As registered', issue: null })
    expect(provenance).toMatchObject({
      volume: { source: 'bibtex', reason: 'only-source' },
      doi: { source: 'crossref', reason: 'only-source' },
      title: { source: 'crossref', reason: 'preferred-source' },
      issue: { reason: 'equal' },
    })
  })

  test('give the more precise date when they agree, else the trusted one', () => {
    const rough = described('crossref', { date: '2020', year: 2020 })
    expect(mergeWorks(rough, described('ris', { date: '2020-05', year: 2020 })).work.date).toBe('2020-05')
    expect(mergeWorks(rough, described('ris', { date: '2019-12', year: 2019 })).work).toMatchObject({
      date: '2020',
      year: 2020,
    })
  })

  test('unite ISSNs and complete authors with ORCID and full names', () => {
    const { work, provenance } = mergeWorks(
      described('crossref', {
        issns: ['0378-5955'],
        authors: [name('Müller', 'A.'), name('Li', 'Wei', null, 2)],
      }),
      described('openalex', {
        issns: ['2434-561X', '0378-5955'],
        authors: [name('Muller', 'Anna', '0000-0002-1825-0097')],
      }),
    )
    expect(work.issns).toEqual(['0378-5955', '2434-561X'])
    expect(work.authors).toMatchObject([
      { family: 'Müller', given: 'Anna', orcid: '0000-0002-1825-0097' },
      { family: 'Li' },
    ])
    expect(provenance.authors.reason).toBe('combined')
  })

  test("do not give one of two namesakes the other's ORCID", () => {
    const { work } = mergeWorks(
      described('crossref', { authors: [name('Li', 'W.')] }),
      described('openalex', {
        authors: [name('Li', 'Wei', '0000-0002-1825-0097'), name('Li', 'Wen', null, 2)],
      }),
    )
    expect(work.authors).toMatchObject([{ given: 'W.', orcid: null }])
  })

  test('leave what a person decided', () => {
    const { work } = mergeWorks(
      described('crossref', { withStudents: true }),
      described('person', { withStudents: false }),
    )
    expect(work.withStudents).toBe(false)
  })
})

test('merging does not depend on the order given, and with itself changes nothing', () => {
  const text = fc.option(fc.string({ minLength: 1, maxLength: 4 }), { nil: null })
  const fields = fc.record({ volume: text, issue: text, container: text, doi: text, publisher: text })
  fc.assert(
    fc.property(fields, fields, fc.constantFrom(...sources), fc.constantFrom(...sources), (x, y, s, t) => {
      fc.pre(s !== t)
      const [a, b] = [described(s, x), described(t, y)]
      expect(mergeWorks(a, b)).toEqual(mergeWorks(b, a))
      expect(mergeWorks(a, a).work).toEqual(a.work)
    }),
  )
})
