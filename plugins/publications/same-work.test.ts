import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestPublications } from './test-publications.ts'
import type { TestPublications } from './test-publications.ts'
import { authorSchema, emptyWork } from './work.ts'
import type { Work } from './work.ts'

let server: TestPublications
beforeAll(async () => {
  server = await createTestPublications()
})
afterAll(async () => await server.close())

async function enter(as: 'aigul' | 'marat', title: string, fields: Partial<Work>) {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/evidence',
    headers: { 'x-ustaz-account': String(server.university.accounts[as]), 'accept-language': 'en' },
    payload: {
      indicator: 'publications.work',
      data: { ...emptyWork('article', title), year: 2026, container: 'Vestnik KazUTB', ...fields },
      happenedOn: '2026-02-01',
      participants: [
        {
          teacherId: server.university.teachers[as],
          name: as,
          role: 'author',
          share: null,
          affiliated: true,
        },
      ],
    },
  })
  return answer.json<{ id: number; code?: string; params: Record<string, unknown> }>()
}
const authors = [authorSchema.parse({ family: 'Orazbayeva', given: 'A.', sequence: 1 })]
const title = (no: string) => `On the rating of teachers, part ${no}`

test('a paper typed by hand after its import with a DOI is the same work, and is answered with it', async () => {
  const imported = await enter('aigul', title('one'), { doi: '10.1234/one', authors, volume: '5' })
  const typed = await enter('marat', title('ONE').toUpperCase(), { volume: '5' })
  expect(typed).toMatchObject({
    code: 'evidence-duplicate',
    params: { id: imported.id, identity: 'doi:10.1234/one' },
  })
})

test('a paper typed by hand is found again by whoever enters it with its DOI', async () => {
  const typed = await enter('aigul', title('two'), { volume: '5' })
  expect(typed.code).toBeUndefined()
  const identified = await enter('marat', title('two'), { doi: '10.1234/two', authors })
  expect(identified).toMatchObject({ code: 'evidence-duplicate', params: { id: typed.id } })
})

test('of both entered at the same moment one arises', async () => {
  const answers = await Promise.all([
    enter('aigul', title('three'), { doi: '10.1234/three', authors, volume: '5' }),
    enter('marat', title('three'), { volume: '5' }),
    enter('aigul', title('three'), { volume: '5' }),
  ])
  expect(answers.map(({ code }) => code ?? 'entered').sort()).toEqual([
    'entered',
    'evidence-duplicate',
    'evidence-duplicate',
  ])
})

test('what differs in journal, volume or year, or has a title that many have, is another work', async () => {
  await enter('aigul', title('four'), { doi: '10.1234/four', authors, volume: '5' })
  await enter('aigul', 'Editorial', { doi: '10.1234/editorial', authors })
  for (const fields of [{ volume: '6' }, { container: 'Habarshy', volume: '5' }, { year: 2025, volume: '5' }])
    expect((await enter('marat', title('four'), fields)).code).toBeUndefined()
  expect((await enter('marat', 'Editorial', {})).code).toBeUndefined()
})
