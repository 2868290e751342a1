import { expect, test } from 'vitest'
import { changedFields } from './changed-fields.ts'

const abai = { teacherId: 1, name: 'Abai', role: null, share: null, affiliated: true }
const entry = { data: { title: 'A', pages: [1, 2] }, happenedOn: null, participants: [abai] }

test('only what differs is named, as it was and as it is', () => {
  const after = { data: { pages: [1, 2], 'a/b~': 1 }, happenedOn: '2024-05-01', participants: [abai] }
  expect(changedFields(entry, after)).toEqual({
    before: { '/happenedOn': null, '/data/title': 'A' },
    after: { '/happenedOn': '2024-05-01', '/data/a~1b~0': 1 },
  })
})

test('participants are told apart by their place', () => {
  const linked = { ...abai, teacherId: 2 }
  expect(changedFields(entry, { ...entry, participants: [abai, linked] })).toEqual({
    before: {},
    after: { '/participants/1': linked },
  })
  expect(changedFields(entry, { ...entry, participants: [linked] })).toEqual({
    before: { '/participants/0': abai },
    after: { '/participants/0': linked },
  })
})

test('nothing changed is nothing', () => {
  expect(changedFields(entry, structuredClone(entry))).toEqual({ before: {}, after: {} })
})
