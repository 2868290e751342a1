import { describe, expect, it } from 'vitest'
import { documentOf } from '../points.example.ts'
import { documentAsOf } from './document-as-of.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })
const amendment = (changes: Record<string, unknown>) => ({
  id: 'court',
  title: text('Court'),
  source: 'Supreme Court, no. 1',
  knownFrom: '2026-05-01',
  ...changes,
})
const condition = (id: string) => ({ id, value: 'teacher.rate', atLeast: '1' })
const everything = {
  groups: [
    { id: 'G', title: text('G'), criteria: ['C1', 'C2'] },
    { id: 'G1', title: text('G1'), criteria: ['C1'] },
  ],
  once: [{ id: 'O', title: text('O'), criteria: ['C1', 'C2'] }],
  exclusions: [{ id: 'X', title: text('X'), where: [condition('w1')] }],
  norms: [
    { id: 'N', title: text('N'), exceptions: [{ where: [condition('w1')], points: '5' }], points: '10' },
  ],
  eligibility: [
    { id: 'E', title: text('E'), kind: 'teacher', where: [condition('w1')] },
    { id: 'E2', title: text('E2'), kind: 'rate', atLeast: '1' },
  ],
  requirements: [
    {
      id: 'R',
      title: text('R'),
      where: [condition('w1')],
      checks: [{ of: ['C1'], atLeast: '1' }, { of: ['C1', 'C2'], atLeast: '1' }, { atLeast: '9' }],
      needed: 3,
      effect: { kind: 'exclude' },
    },
    { id: 'R2', title: text('R2'), checks: [{ of: ['C1'], atLeast: '1' }], effect: { kind: 'exclude' } },
  ],
  leagues: [{ id: 'all', title: text('all'), where: [condition('w1'), condition('w2')] }],
}
const criteria = [
  {},
  {
    where: [{ ...condition('w1') }, { value: 'kind', is: ['a'] }],
    keep: [{ id: 'K', title: text('K'), most: 1 }],
  },
  {},
]
const ids = (clauses: readonly { id: string }[]) => clauses.map(({ id }) => id)
const now = { periodTo: '2026-08-31', knownAt: null }

describe('a document as of a day', () => {
  it('without amendments is the same document', () => {
    const document = documentOf(criteria, everything)
    expect(documentAsOf(document, now)).toBe(document)
  })

  it.each([
    ['known on the very day', { knownAt: '2026-05-01' }, {}, true],
    ['not yet known', { knownAt: '2026-04-30' }, {}, false],
    ['of a period that ends on the first valid day', {}, { validFrom: '2026-08-31' }, true],
    ['of a period that ends before it', {}, { validFrom: '2026-09-01' }, false],
    ['of a period that ends on the last valid day', {}, { validTo: '2026-08-31' }, true],
    ['of a period that ends after it', {}, { validTo: '2026-08-30' }, false],
  ])('is changed by an amendment %s: %j %j', (_, asOf, valid, applies) => {
    const document = documentOf(criteria, { amendments: [amendment({ annul: ['C3'], ...valid })] })
    const effective = documentAsOf(document, { ...now, ...asOf })
    expect(ids(effective.criteria)).toEqual(applies ? ['C1', 'C2'] : ['C1', 'C2', 'C3'])
    expect(effective.amendments).toEqual([])
  })

  it('loses an annulled roll-up', () => {
    const rollUps = ['U1', 'U2'].map((id) => ({
      id,
      title: text(id),
      area: 'A1',
      from: ['A1'],
      statistic: 'sum',
      weight: '1',
    }))
    const document = documentOf(criteria, { rollUps, amendments: [amendment({ annul: ['U1'] })] })
    expect(ids(documentAsOf(document, now).rollUps)).toEqual(['U2'])
  })

  it('loses an annulled criterion everywhere it is named, and what would say something else without it', () => {
    const document = documentOf(criteria, { ...everything, amendments: [amendment({ annul: ['C1'] })] })
    const effective = documentAsOf(document, now)
    expect(ids(effective.criteria)).toEqual(['C2', 'C3'])
    expect(effective.groups.map(({ id, criteria: of }) => [id, of])).toEqual([['G', ['C2']]])
    expect(effective.once).toEqual([])
    expect(effective.requirements).toMatchObject([
      { id: 'R', needed: 2, checks: [{ of: ['C2'] }, { of: [] }] },
    ])
  })

  it('loses an annulled condition, and clauses that had no other', () => {
    const document = documentOf(criteria, { ...everything, amendments: [amendment({ annul: ['w1'] })] })
    const effective = documentAsOf(document, now)
    expect(effective.criteria[1]!.where).toMatchObject([{ value: 'kind' }])
    expect(effective.exclusions).toEqual([])
    expect(effective.norms).toMatchObject([{ id: 'N', exceptions: [], points: '10' }])
    expect(ids(effective.eligibility)).toEqual(['E2'])
    expect(effective.requirements[0]!.where).toEqual([])
    expect(effective.leagues).toMatchObject([{ where: [{ id: 'w2' }] }])
  })

  it('loses groups, lists, limits, exclusions, norms, rules of eligibility and requirements by their own ids', () => {
    const annul = ['G', 'O', 'K', 'X', 'N', 'E', 'R']
    const effective = documentAsOf(
      documentOf(criteria, { ...everything, amendments: [amendment({ annul })] }),
      now,
    )
    expect([ids(effective.groups), effective.once, effective.exclusions, effective.norms]).toEqual([
      ['G1'],
      [],
      [],
      [],
    ])
    expect([ids(effective.eligibility), ids(effective.requirements), effective.criteria[1]!.keep]).toEqual([
      ['E2'],
      ['R2'],
      [],
    ])
  })

  it('gets new points, of several amendments those known last', () => {
    const points = (value: string) => ({ points: { C1: { kind: 'per-unit', points: value } } })
    const amendments = [
      amendment({ id: 'later', knownFrom: '2026-06-01', ...points('7') }),
      amendment({ id: 'earlier', ...points('5') }),
    ]
    const document = documentOf(criteria, { amendments })
    const pointsAt = (knownAt: string | null) =>
      documentAsOf(document, { ...now, knownAt }).criteria[0]!.points
    expect(['2026-04-01', '2026-05-15', null].map(pointsAt)).toMatchObject([
      { points: '1' },
      { points: '5' },
      { points: '7' },
    ])
  })
})
