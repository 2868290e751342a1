import { expect, test } from 'vitest'
import { participantSchema } from '../contract/resources/evidence.ts'
import { checkInput } from './check-input.ts'

const person = { teacherId: null, name: 'Abai', role: null, share: null, affiliated: true }
const many = { participants: 'many', roles: ['lead', 'member'] } as const
const codes = (kind: Parameters<typeof checkInput>[0], input: Parameters<typeof checkInput>[1]) =>
  checkInput(kind, input).map(({ path, code }) => `${path} ${code}`)

test('people with known roles, or none yet, are in order', () => {
  const participants = [person, { ...person, role: 'lead', teacherId: 1 }, { ...person, teacherId: 2 }]
  expect(codes(many, { data: { title: 'Жазба 📚' }, participants })).toEqual([])
})

test('a kind about one teacher takes one', () => {
  const one = { participants: 'one', roles: [] } as const
  expect(codes(one, { data: {}, participants: [person] })).toEqual([])
  expect(codes(one, { data: {}, participants: [person, person] })).toEqual([
    '/participants participants-too-many',
  ])
})

test('a role that the kind does not have is a fault', () => {
  const participants = [{ ...person, role: 'editor' }]
  expect(codes(many, { data: {}, participants })).toEqual(['/participants/0/role role-unknown'])
})

test('a teacher stands in the list once', () => {
  const participants = [{ ...person, teacherId: 5 }, person, { ...person, teacherId: 5 }]
  expect(codes(many, { data: {}, participants })).toEqual(['/participants/2/teacherId participant-twice'])
})

test('text that the database cannot keep is told, wherever it stands', () => {
  const data = { title: 'a\0b', parts: [{ name: 'ok' }, { name: '\ud800' }] }
  const participants = [{ ...person, name: 'A\0' }]
  expect(codes(many, { data, participants })).toEqual([
    '/data/title text-unstorable',
    '/data/parts/1/name text-unstorable',
    '/participants/0/name text-unstorable',
  ])
})

test('a share is above 0 and at most 1, with at most 12 decimals', () => {
  const accepts = (share: string) => participantSchema.safeParse({ ...person, share }).success
  expect(['1', '1.0', '0.5', '0.333333333333', '0.000000000001'].map(accepts)).toEqual(Array(5).fill(true))
  expect(['0', '0.0', '-0.5', '1.1', '2', '0.3333333333333', '.5', '1e-3'].map(accepts)).toEqual(
    Array(8).fill(false),
  )
})
