import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import arts from '@ustaz/plugin-arts'
import community from '@ustaz/plugin-community'
import methodical from '@ustaz/plugin-methodical'
import publications from '@ustaz/plugin-publications'
import qualification from '@ustaz/plugin-qualification'
import research from '@ustaz/plugin-research'
import unitWork from '@ustaz/plugin-unit-work'
import type { EvidenceKind } from '../../core/plugin/definition.ts'
import { academicYearOf, academicYears } from '../academic-years.ts'
import { checkEntry } from '../load/evidence-rows.ts'
import { isEmployed, isSilent, teacherAt } from '../people/teacher.ts'
import { planUniversity } from '../people/university.ts'
import { allEntries, entriesSinceRated } from './all-entries.ts'
import type { Entry } from './entry.ts'

const plugins = [publications, methodical, research, community, qualification, unitWork, arts]
const kinds = new Map(
  plugins.flatMap(({ id, evidence }) =>
    (evidence ?? []).map((kind) => [`${id}.${kind.kind}`, kind as unknown as EvidenceKind<never>]),
  ),
)
const kindOf = ({ indicator }: Entry) => kinds.get(indicator)!

const university = planUniversity({ seed: 'samal', teachers: 300 })
const entries = [...allEntries(university)]

function hashOf(seed: string, teachers: number): string {
  const hash = createHash('sha256')
  const plan = planUniversity({ seed, teachers })
  for (let number = 0; number < teachers; number++) hash.update(JSON.stringify(teacherAt(plan, number)))
  for (const entry of allEntries(plan)) hash.update(JSON.stringify(entry))
  return hash.digest('hex')
}

test('the same seed gives the same people and evidence to the last letter, another seed others', () => {
  expect(hashOf('one', 60)).toBe(hashOf('one', 60))
  expect(hashOf('two', 60)).not.toBe(hashOf('one', 60))
})

test('all entries are what their kinds of evidence say', () => {
  for (const entry of entries) checkEntry(kindOf(entry), entry)
})

test('every kind of evidence of these plugins occurs', () => {
  expect(new Set(entries.map(({ indicator }) => indicator))).toEqual(new Set(kinds.keys()))
})

test('no two entries that are not rejected are the same thing', () => {
  const seen = new Map<string, Entry>()
  for (const entry of entries) {
    const identity = kindOf(entry).identity(entry.data)
    if (identity === null || entry.state === 'rejected') continue
    const key = `${entry.indicator} ${identity}`
    expect(seen.get(key), key).toBeUndefined()
    seen.set(key, entry)
  }
})

test('who leads an entry was employed on its day, and it was entered on that day or later', () => {
  const teachers = Array.from({ length: 300 }, (_, number) => teacherAt(university, number))
  for (const { enteredBy, happenedOn, enteredAt } of entries) {
    expect(isEmployed(teachers[enteredBy]!, happenedOn)).toBe(true)
    expect(enteredAt.toISOString() >= happenedOn).toBe(true)
    expect(academicYears).toContain(academicYearOf(happenedOn))
  }
})

test('only the last year has entries that wait for a decision, and a returned one says why', () => {
  for (const { state, happenedOn, reason } of entries) {
    if (academicYearOf(happenedOn) < 2025) expect(['approved', 'rejected']).toContain(state)
    expect(reason === null).toBe(state !== 'returned' && state !== 'rejected')
  }
  const states = new Set(entries.map(({ state }) => state))
  expect(states).toEqual(new Set(['draft', 'submitted', 'returned', 'approved', 'rejected']))
})

describe('since the rated years', () => {
  const since = (moment: string) =>
    university.departments.flatMap((department) => [
      ...entriesSinceRated(university, department, new Date(moment)),
    ])
  const winter = since('2026-12-15T12:00:00Z')

  test('nothing was entered before they ended', () => {
    expect(since('2026-08-31T23:59:59Z')).toEqual([])
  })

  test('entries are of the year that goes on, entered by the moment, at all steps of approval', () => {
    for (const entry of winter) {
      checkEntry(kindOf(entry), entry)
      expect(academicYearOf(entry.happenedOn)).toBe(2026)
      expect(entry.enteredAt.toISOString() <= '2026-12-15T12:00:00Z').toBe(true)
    }
    expect(new Set(winter.map(({ state }) => state))).toEqual(
      new Set(['draft', 'submitted', 'returned', 'approved', 'rejected']),
    )
  })

  test('a later moment adds entries and changes none', () => {
    const later = new Set(since('2027-03-01T12:00:00Z').map((entry) => JSON.stringify(entry)))
    expect(later.size).toBeGreaterThan(winter.length)
    expect(winter.filter((entry) => !later.has(JSON.stringify(entry)))).toEqual([])
  })

  test('none is the same thing as one of the rated years', () => {
    const identityOf = (entry: Entry) => `${entry.indicator} ${kindOf(entry).identity(entry.data)}`
    const isThing = (entry: Entry) =>
      entry.state !== 'rejected' && kindOf(entry).identity(entry.data) !== null
    const before = new Set(entries.filter(isThing).map(identityOf))
    expect(
      since('2028-07-01T12:00:00Z')
        .filter(isThing)
        .map(identityOf)
        .filter((one) => before.has(one)),
    ).toEqual([])
  })
})

test('most of the year is entered in May and June', () => {
  const months = entries.map(({ enteredAt }) => enteredAt.getUTCMonth() + 1)
  const inRush = months.filter((month) => month === 5 || month === 6).length
  expect(inRush / months.length).toBeGreaterThan(0.4)
})

test('one teacher has no evidence at all', () => {
  const active = new Set(entries.flatMap(({ participants }) => participants.map(({ teacher }) => teacher)))
  const silent = Array.from({ length: 300 }, (_, number) => number).filter((number) =>
    isSilent(university, number),
  )
  expect(silent).toHaveLength(1)
  expect(silent.filter((number) => active.has(number))).toEqual([])
})

test('works stand in no real publication: their DOIs are of the prefix kept for tests', () => {
  for (const { indicator, data } of entries) {
    if (indicator === 'publications.work' && data['doi'] !== null)
      expect(data['doi']).toMatch(/^10\.5555\/samal\./)
  }
})
