import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineEvidenceKind } from '../plugin/definition.ts'
import { identityOf, storedIdentity, titleOf } from './ask-kind.ts'
import { checkData } from './check-data.ts'

const work = defineEvidenceKind({
  kind: 'work',
  unit: 'item',
  schema: z.object({ language: z.string(), title: z.string(), year: z.int(), doi: z.string().optional() }),
  title: ({ title, year }) => `${title.toUpperCase()}, ${year}`,
  identity: ({ doi, title, year }) => doi ?? `${title.toLowerCase()}:${year}`,
  roles: [],
  participants: 'many',
  files: { required: false, maxBytes: 1000, mediaTypes: [] },
})
const ask = (data: Record<string, unknown>) => {
  const checked = checkData(work.schema, data)
  return { title: titleOf(work, checked), identity: identityOf(work, checked) }
}

test('a kind is asked for title and identity', () => {
  expect(ask({ language: 'kk', title: 'Abai', year: 2024 })).toEqual({
    title: 'ABAI, 2024',
    identity: 'abai:2024',
  })
})

test('a draft is recognised as soon as the fields that decide it are given', () => {
  expect(ask({ doi: '10.1/x' })).toEqual({ title: '10.1/x', identity: '10.1/x' })
})

test('an identity that would rest on a missing field is no identity', () => {
  expect(ask({ language: 'kk', title: 'Abai' })).toEqual({ title: 'Abai', identity: null })
  expect(ask({})).toEqual({ title: '', identity: null })
})

test('a fault in a plugin is not taken for a gap', () => {
  const broken = {
    ...work,
    title: () => {
      throw new Error('a bug')
    },
  }
  expect(() => titleOf(broken, checkData(work.schema, {}))).toThrow('a bug')
})

test('a long identity fits the index and stays distinct', () => {
  const [one, other] = ['а'.repeat(2000), `${'а'.repeat(1999)}б`].map(storedIdentity)
  expect(Buffer.byteLength(one!)).toBeLessThan(1000)
  expect(one).not.toBe(other)
  expect(storedIdentity('10.1/x')).toBe('10.1/x')
})
