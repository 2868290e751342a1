import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { plain } from './example-rules.ts'
import { enterExample, examplePeriod, rateExample } from './example-university.ts'
import { documentOf, thing } from './points.example.ts'
import { hashSnapshot } from './snapshot/hash-snapshot.ts'

/** 100 points for a work; the leaders get 0.7 each, the others divide 0.3. */
const leadBy = (...leading: string[]) =>
  documentOf([
    {
      points: { kind: 'per-unit', points: '100' },
      split: { kind: 'by-role', leading, leadingPart: '0.7', othersPart: '0.3', othersDivide: true },
    },
  ])
const roleCounts = { head: 2, secretary: 1, member: 3 }
const work = (role: string, more = {}) => thing({}, { role, participants: 6, evidence: 'work', ...more })

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

it('keeps every role with the frozen work, so that a later regulation may call other roles leading', async () => {
  await enterExample(
    database,
    ['head', 'secretary', 'member'].map((role) => ({
      code: role,
      position: 'lecturer',
      facts: [work(role, { roleCounts })],
    })),
  )
  const totals = async (leading: string[], snapshotId?: number) => {
    const { results, outcome } = await rateExample(
      database,
      leadBy(...leading),
      snapshotId ? { snapshotId } : {},
    )
    return { snapshotId: outcome.snapshotId, totals: [...results.values()].map(({ total }) => plain(total!)) }
  }
  // Two of six lead: the other four divide 30.
  const first = await totals(['head'])
  expect(first.totals).toEqual(['70', '7.5', '7.5'])
  // Three lead: the other three divide 30.
  expect((await totals(['head', 'secretary'], first.snapshotId)).totals).toEqual(['70', '70', '10'])
  // Nobody leads: all six divide 30.
  expect((await totals(['dean'], first.snapshotId)).totals).toEqual(['5', '5', '5'])
})

it('leaves the hash of a snapshot whose roles nobody counted what it was before they were', async () => {
  const hashOf = async (more: object) => {
    const own = await createTestDatabase()
    try {
      await enterExample(own, [{ code: 'T', position: 'lecturer', facts: [work('head', more)] }])
      const { outcome } = await rateExample(own, leadBy('head'))
      const period = { ...examplePeriod, factsFrom: examplePeriod.from, namesHashed: true }
      const { hash } = await own.db
        .transaction()
        .execute(async (trx) => await hashSnapshot(trx, outcome.snapshotId, period))
      return hash
    } finally {
      await own.drop()
    }
  }
  expect(await hashOf({})).toBe('473d29817df33252e5e5367bf9db926024193833c9f8334afa9cfca8af19b044')
  expect(await hashOf({ roleCounts })).not.toBe(
    '473d29817df33252e5e5367bf9db926024193833c9f8334afa9cfca8af19b044',
  )
})
