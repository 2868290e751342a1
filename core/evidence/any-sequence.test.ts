import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changedFields } from './changed-fields.ts'
import { readEntry } from './read-entry.ts'
import { createTestEvidence, onePagePdf, workOf } from './test-evidence.ts'
import type { Answer, TestEvidence } from './test-evidence.ts'
import { findBroken, person } from './test-university.ts'
import type { TestAccount } from './test-university.ts'
import { writtenOf } from './update-entry.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => await evidence.close())

const account = fc.constantFrom<TestAccount>(
  'aigul',
  'marat',
  'head',
  'dean',
  'office',
  'management',
  'elsewhere',
)
const step = fc.oneof(
  fc.record({
    do: fc.constant('move' as const),
    account,
    action: fc.constantFrom('submit', 'return', 'approve', 'reject', 'reopen'),
  }),
  fc.record({
    do: fc.constant('edit' as const),
    account,
    pages: fc.integer({ min: -1, max: 3 }),
    others: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    do: fc.constant('join' as const),
    account: fc.constantFrom('marat' as const, 'elsewhere' as const),
    ordinal: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ do: fc.constant('attach' as const), account, content: fc.constantFrom('one', 'two', '') }),
  fc.record({ do: fc.constant('detach' as const), account }),
)
type StepTaken = typeof step extends fc.Arbitrary<infer T> ? T : never

let works = 0
async function enter() {
  const doi = `10.1/${works++}`
  const work = workOf(evidence.university, { data: { title: 'A', pages: 1, doi } })
  const { body } = await evidence.ask('aigul', 'POST', '/evidence', work)
  await evidence.upload('aigul', body.id, { name: 'a.pdf', content: onePagePdf })
  return { id: body.id, doi }
}

async function take(taken: StepTaken, { id, doi }: { id: number; doi: string }): Promise<Answer> {
  const { ask, move, upload, university } = evidence
  const { evidence: row, files } = await readEntry(evidence.context.db, id, 'free')
  switch (taken.do) {
    case 'move':
      return await move(taken.account, id, taken.action, 'because')
    case 'edit': {
      const others = Array.from({ length: taken.others }, (_, i) => person(`Other ${i}`))
      const author = person('A', { teacherId: university.teachers.aigul, role: 'lead' })
      const work = workOf(university, {
        data: { title: 'A', pages: taken.pages, doi },
        participants: [author, ...others],
      })
      return await ask(taken.account, 'PUT', `/evidence/${id}`, { ...work, revision: row.revision })
    }
    case 'join': {
      const teacherId = university.teachers[taken.account]
      const joining = { identity: doi, teacherId, role: 'member', ordinal: taken.ordinal }
      return await ask(taken.account, 'POST', `/evidence/${id}/participants`, joining)
    }
    case 'attach':
      return await upload(taken.account, id, { name: 'a.txt', content: taken.content })
    case 'detach':
      return await ask(taken.account, 'DELETE', `/evidence/${id}/files/${files[0]?.id ?? 1}`)
  }
}

/** Goes back through the history; what stands at its beginning is what was first entered. */
async function firstEntered(id: number) {
  const entry = await readEntry(evidence.context.db, id, 'free')
  const changes = await evidence.context.db
    .selectFrom('evidence_change')
    .select(['action', 'before', 'after'])
    .where('evidence_id', '=', id)
    .where('action', 'in', ['edit', 'join'])
    .orderBy('id', 'desc')
    .execute()
  const nothing = { data: {}, happenedOn: null, participants: [] }
  const fields = new Map(Object.entries(changedFields(nothing, writtenOf(entry)).after))
  for (const { before, after } of changes) {
    for (const path of Object.keys(after as object)) fields.delete(path)
    for (const [path, value] of Object.entries(before as object)) fields.set(path, value)
  }
  return Object.fromEntries(fields)
}

test('whatever is done to an entry, in whatever order and by whom, its history and counts stay whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const work = await enter()
      const first = await firstEntered(work.id)
      for (const taken of steps) {
        const { status } = await take(taken, work)
        expect([200, 400, 403, 404, 409, 415, 422]).toContain(status)
      }
      expect(await findBroken(evidence.context.db)).toEqual([])
      expect(await firstEntered(work.id)).toEqual(first)
    }),
    { numRuns: 40, endOnFailure: true },
  )
}, 120_000)

test('steps taken at the same moment by everybody leave the entry as whole as one after another', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 10 }), async (steps) => {
      const work = await enter()
      const answers = await Promise.all(steps.map((taken) => take(taken, work)))
      for (const { status } of answers) expect(status).toBeLessThan(500)
      expect(await findBroken(evidence.context.db)).toEqual([])
    }),
    { numRuns: 15, endOnFailure: true },
  )
}, 120_000)
