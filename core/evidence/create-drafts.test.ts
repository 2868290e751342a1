import { afterAll, beforeAll, expect, test } from 'vitest'
import { findActor } from '../access/actor.ts'
import type { EvidenceInput } from '../contract/resources/evidence.ts'
import type { DraftOutcome } from '../plugin/access.ts'
import type { Actor } from '../plugin/route.ts'
import { createTestEvidence, workOf } from './test-evidence.ts'
import type { TestEvidence } from './test-evidence.ts'
import { findBroken, person } from './test-university.ts'
import type { TestAccount } from './test-university.ts'

let evidence: TestEvidence
beforeAll(async () => {
  evidence = await createTestEvidence()
})
afterAll(async () => {
  expect(await findBroken(evidence.context.db)).toEqual([])
  await evidence.close()
})

const lent = () => evidence.context.host.contextOf('test')
async function actor(account: TestAccount): Promise<Actor> {
  const found = await findActor(evidence.context.db, evidence.university.accounts[account])
  if (!found) throw new Error(`no account ${account}`)
  return found
}
const withDoi = (doi: string | undefined, fields: Partial<EvidenceInput> = {}) =>
  workOf(evidence.university, { data: { title: `Work ${doi}`, doi }, happenedOn: null, ...fields })
const count = async () => (await evidence.ask('office', 'GET', '/evidence')).body.total
const idsOf = (outcomes: readonly DraftOutcome[]) =>
  outcomes.map((one) => (one.outcome === 'created' ? `created ${one.id}` : `duplicate of ${one.existing.id}`))

test('a plugin enters drafts in the name of the asker; what was there, or came twice, is told', async () => {
  const [known] = await lent().evidence.createDrafts(await actor('marat'), [withDoi('10.2/known')])
  if (known?.outcome !== 'created') throw new Error('not created')
  const inputs = [
    withDoi('10.2/z'),
    withDoi('10.2/known'),
    withDoi('10.2/a'),
    withDoi('10.2/z'),
    withDoi(undefined),
  ]
  const outcomes = await lent().evidence.createDrafts(await actor('aigul'), inputs)
  expect(outcomes.map(({ outcome }) => outcome)).toEqual([
    'created',
    'duplicate',
    'created',
    'duplicate',
    'created',
  ])
  const [z, , , twice] = idsOf(outcomes)
  expect(twice).toBe(z?.replace('created', 'duplicate of'))
  expect(outcomes[1]).toEqual({
    outcome: 'duplicate',
    existing: {
      id: known.id,
      indicator: 'test.work',
      identity: '10.2/known',
      title: 'Work 10.2/known',
      state: 'draft',
    },
  })
  const entered = await evidence.ask(
    'aigul',
    'GET',
    `/evidence/${outcomes[0]?.outcome === 'created' ? outcomes[0].id : 0}`,
  )
  expect(entered.body.history).toMatchObject([{ account: 'Айгүл', action: 'create', toState: 'draft' }])
})

test('one input that is wrong writes none of them, and every fault says which input it is in', async () => {
  const before = await count()
  const wrong = [
    withDoi('10.2/fine'),
    withDoi('10.2/wrong', { data: { pages: 'many' } }),
    withDoi('10.2/people', { participants: [person('?', { teacherId: 999_999 })] }),
  ]
  await expect(lent().evidence.createDrafts(await actor('aigul'), wrong)).rejects.toMatchObject({
    code: 'evidence-invalid',
    issues: [
      { path: '/1/data/pages', code: 'type.number' },
      { path: '/2/participants/0/teacherId', code: 'teacher-unknown' },
    ],
  })
  expect(await count()).toBe(before)
})

test('two imports of the same works at the same moment share them out, whatever their order', async () => {
  const dois = Array.from({ length: 40 }, (_, i) => `10.3/${i}`)
  const [aigul, marat] = await Promise.all([actor('aigul'), actor('marat')])
  const { createDrafts } = lent().evidence
  const [one, other] = await Promise.all([
    createDrafts(
      aigul,
      dois.map((doi) => withDoi(doi)),
    ),
    createDrafts(
      marat,
      dois.toReversed().map((doi) => withDoi(doi)),
    ),
  ])
  const created = [...one, ...other].filter(({ outcome }) => outcome === 'created')
  expect(created).toHaveLength(40)
})

test('entries are found by identity, rejected and unknown ones are not', async () => {
  await lent().evidence.createDrafts(await actor('aigul'), [withDoi('10.4/there')])
  const found = await lent().evidence.findByIdentity('test.work', [
    '10.4/there',
    '10.4/nowhere',
    '10.4/there',
  ])
  expect(found).toMatchObject([{ identity: '10.4/there', title: 'Work 10.4/there', state: 'draft' }])
  expect(await lent().evidence.findByIdentity('test.work', [])).toEqual([])
})

test('entries are found by the letters of their title, whatever stands between them', async () => {
  const titled = (title: string) => withDoi(undefined, { data: { title } })
  const { createDrafts, findByTitle } = lent().evidence
  const [first, second] = await createDrafts(await actor('aigul'), [
    titled('«Әділ» рейтинг: 2026'),
    titled('Әділ рейтинг 2027'),
  ])
  await createDrafts(await actor('marat'), [titled('әділ рейтинг – 2026')])
  const found = await findByTitle('test.work', ['ӘДІЛ рейтинг 2026'])
  expect(found.map(({ title, identity }) => ({ title, identity }))).toEqual([
    { title: '«Әділ» рейтинг: 2026', identity: null },
    { title: 'әділ рейтинг – 2026', identity: null },
  ])
  expect(found[0]).toMatchObject({
    id: first?.outcome === 'created' && first.id,
    data: { title: '«Әділ» рейтинг: 2026' },
  })
  expect(found.map(({ id }) => id)).not.toContain(second?.outcome === 'created' && second.id)
  expect(await findByTitle('test.work', [])).toEqual([])
})

test('a plugin reaches its own kinds only, and only for those who may enter evidence', async () => {
  const foreign = { ...withDoi('10.5/x'), indicator: 'other.work' }
  await expect(lent().evidence.createDrafts(await actor('aigul'), [foreign])).rejects.toMatchObject({
    code: 'indicator-foreign',
  })
  await expect(lent().evidence.findByIdentity('other.work', ['x'])).rejects.toMatchObject({
    code: 'indicator-foreign',
  })
  await expect(lent().evidence.findByTitle('other.work', ['x'])).rejects.toMatchObject({
    code: 'indicator-foreign',
  })
  await expect(
    lent().evidence.createDrafts(await actor('management'), [withDoi('10.5/x')]),
  ).rejects.toMatchObject({
    code: 'not-allowed',
  })
})

test('a plugin finds teachers by printed names', async () => {
  const { teachers } = evidence.university
  expect((await lent().people.listTeachers()).map(({ id }) => id)).toEqual(Object.values(teachers))
  const [cyrillic, latin] = await lent().people.searchTeachers(['Оразбаева А.', 'Akhmetov, M.'])
  expect([cyrillic?.[0]?.givenName, latin?.[0]?.givenName]).toEqual(['Айгүл', 'Марат'])
})
