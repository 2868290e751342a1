import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { regulationDocumentSchema } from '../../contract/regulation/document.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { createTestDatabase } from '../../testing/create-test-database.ts'
import type { TestDatabase } from '../../testing/create-test-database.ts'
import { plain } from '../example-rules.ts'
import { enterExample, rateExample } from '../example-university.ts'
import type { ExampleTeacher } from '../example-university.ts'
import { bonus } from './compare.ts'
import { compare, exact } from './exact.ts'
import { randomUniversity } from './random-university.ts'
import { weightingOf } from './random-weighting.ts'
import { longReach, randomDocuments } from './universities.ts'

/** What must not change a rating, or only upwards, whatever the regulation says. */
const seed = 20_261_127
const teachers = randomUniversity(seed, 48)
const documents = randomDocuments(seed, 14)

const open: TestDatabase[] = []
let base: { database: TestDatabase; snapshotId: number }
beforeAll(async () => {
  base = await enter(teachers)
})
afterAll(async () => {
  for (const database of open) await database.drop()
})

async function enter(people: readonly ExampleTeacher[]) {
  const database = await createTestDatabase()
  open.push(database)
  await enterExample(database, people)
  return { database, snapshotId: (await rateExample(database, longReach)).outcome.snapshotId }
}

async function rate(
  at: typeof base,
  document: RegulationDocument,
  snapshotId: number | null = at.snapshotId,
) {
  const rated = await rateExample(at.database, document, {
    ...(snapshotId === null ? {} : { snapshotId }),
    weighting: weightingOf(document),
    findFunction: () => bonus,
  })
  return { hash: rated.outcome.hash, results: await resultsIn(at.database, rated) }
}

/** Results by code as texts; facts of lines by their key, since numbers are those of a snapshot. */
async function resultsIn(
  { db }: TestDatabase,
  { outcome, results }: Awaited<ReturnType<typeof rateExample>>,
) {
  const { rows } = await sql<{ teacher_id: number; fact_no: number; key: string }>`
    select teacher_id, fact_no, attributes ->> 'key' as key from core.snapshot_fact
    where snapshot_id = ${outcome.snapshotId}`.execute(db)
  const keys = new Map(rows.map((row) => [`${row.teacher_id} ${row.fact_no}`, row.key]))
  return new Map(
    [...results].map(([code, row]) => [
      code,
      {
        total: row.total,
        result: [row.status, row.league, row.total && plain(row.total), row.place, row.band, row.money].join(
          ' ',
        ),
        lines: row.lines
          .map(({ kind, area, clause, fact_no: no, fact_teacher_id: owner, amount }) =>
            [kind, area, clause, keys.get(`${owner ?? row.teacher_id} ${no}`), plain(amount)].join(' '),
          )
          .sort(),
      },
    ]),
  )
}

it('gives the same hash whatever the order in which people and their facts were entered', async () => {
  const turned = await enter(teachers.toReversed().map((one) => ({ ...one, facts: one.facts.toReversed() })))
  for (const document of documents) {
    expect((await rate(turned, document)).hash).toBe((await rate(base, document)).hash)
  }
})

it('gives the same by whatever names clauses and people go', async () => {
  const renamed = await enter(teachers.map((one) => ({ ...one, code: `P-${one.code}` })))
  for (const document of documents) {
    const [before, after] = [await rate(base, document), await rate(renamed, rename(document))]
    for (const [code, { result, lines }] of before.results) {
      const other = after.results.get(`P-${code}`)!
      const back = (text: string) => text.replaceAll('new.', '')
      expect(back(other.result)).toBe(result)
      expect(other.lines.map(back).sort()).toEqual(lines)
    }
  }
})

/** Every id gets another. */
function rename(document: RegulationDocument): RegulationDocument {
  const ids = new Set<string>()
  visit(document, (key, value) =>
    key === 'id' && typeof value === 'string' ? void ids.add(value) : undefined,
  )
  // Words of the vocabulary itself.
  for (const kept of ['random', 'all']) ids.delete(kept)
  const named = (text: string) => (ids.has(text) ? `new.${text}` : text)
  const change = (value: unknown): unknown => {
    if (typeof value === 'string') return named(value)
    if (Array.isArray(value)) return value.map(change)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [named(key), change(inner)]))
  }
  return regulationDocumentSchema.parse(change(document))
}

function visit(value: unknown, see: (key: string, value: unknown) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) {
    see(key, inner)
    visit(inner, see)
  }
}

it('gives the same from a snapshot of its own as from one that reaches further back', async () => {
  for (const document of documents) {
    const [own, longer] = [await rate(base, document, null), await rate(base, document)]
    expect(own.results).toEqual(longer.results)
  }
})

/** The same rules without what a teacher's result owes to others. */
function ofOneself(document: RegulationDocument): RegulationDocument {
  const isByOthers = ['borda', 'copeland', 'lexicographic'].includes(document.aggregation.method)
  return regulationDocumentSchema.parse({
    ...document,
    criteria: document.criteria.map((one) => ({ ...one, whose: 'own' })),
    rollUps: [],
    units: null,
    normalisation: {},
    aggregation: isByOthers ? { method: 'sum' } : document.aggregation,
    requirements: document.requirements.filter(({ effect }) => !['place', 'band'].includes(effect.kind)),
    money: document.money?.kind === 'fund' ? null : document.money,
    ...(document.bandsBy === 'total' ? {} : { bands: [], money: null }),
  })
}

it('gives everybody the same points, whoever else is in the snapshot', async () => {
  const halves = [
    await enter(teachers.filter((_, index) => index % 2 === 0)),
    await enter(teachers.filter((_, index) => index % 2 === 1)),
  ]
  for (const document of documents.map(ofOneself)) {
    const whole = await rate(base, document)
    const parts = [await rate(halves[0]!, document), await rate(halves[1]!, document)]
    const apart = new Map(parts.flatMap(({ results }) => [...results]))
    expect(apart.size).toBe(whole.results.size)
    for (const [code, { total, lines }] of whole.results) {
      expect([apart.get(code)!.total, apart.get(code)!.lines]).toEqual([total, lines])
    }
  }
})

it('changes nobody by a teacher of another league', async () => {
  const assistant = {
    code: 'assistant',
    posts: [{ position: 'assistant', unit: 'e' }],
    facts: teachers[9]!.facts.map((fact) => ({ ...fact, evidence: `${fact.evidence} again` })),
  }
  const withOne = await enter([...teachers, assistant])
  for (const document of documents) {
    const apart = ofOneself(document)
    const leagues = [{ id: 'assistants', title: document.title, positions: ['assistant'], where: [] }]
    const among = regulationDocumentSchema.parse({
      ...apart,
      // What is compared is compared within the league.
      aggregation: document.aggregation,
      requirements: document.requirements,
      bands: document.bands,
      normalisation: {
        byArea: Object.fromEntries(
          Object.entries(document.normalisation.byArea).map(([area, rule]) => [
            area,
            { ...rule, within: 'league' },
          ]),
        ),
      },
      leagues: [...leagues, ...document.leagues],
    })
    const [before, after] = [await rate(base, among), await rate(withOne, among)]
    after.results.delete('assistant')
    expect(after.results).toEqual(before.results)
  }
})

/** Rules under which more work is never worth less. */
function rising(document: RegulationDocument): RegulationDocument {
  return regulationDocumentSchema.parse({
    ...document,
    criteria: document.criteria.map((one) => ({
      ...one,
      together: null,
      points: { kind: 'per-unit', points: one.id === 'c1' ? '0.5' : '7.25' },
      factors: [],
      keep: one.keep.map((keep) => ({ ...keep, prefer: 'points' })),
    })),
    once: document.once.map((list) => ({ ...list, prefer: 'points' })),
    normalisation: {},
    aggregation: { method: 'sum' },
    eligibility: [],
    // What is below 0 is raised by a requirement that makes it 0.
    requirements: [],
  })
}

it('never gives fewer points for one more work', async () => {
  const work = {
    indicator: 'example.thing',
    attributes: { type: 'a', n: 12, m: 3, level: 'x', flag: true, book: 'b1', key: 'more' },
    ...{ happenedOn: '2026-03-03', role: 'lead', share: '0.5', ordinal: 1 },
  }
  const more = await enter(teachers.map((one) => ({ ...one, facts: [...one.facts, work] })))
  let [risen, compared] = [0, 0]
  for (const document of documents.map(rising)) {
    const [before, after] = [await rate(base, document), await rate(more, document)]
    for (const [code, { total }] of before.results) {
      const now = after.results.get(code)!.total
      if (total === null || now === null) continue
      const order = compare(exact(now), exact(total))
      expect(order, `${code}: ${total}, with more ${now}`).toBeGreaterThanOrEqual(0)
      compared++
      risen += order
    }
  }
  expect(compared).toBeGreaterThan(300)
  expect(risen).toBeGreaterThan(100)
})
