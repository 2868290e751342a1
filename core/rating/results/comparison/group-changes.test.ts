import { afterAll, beforeAll, expect, it } from 'vitest'
import { moneySchema } from '../../../contract/regulation/result.ts'
import { exampleDocument } from '../../../regulation/example-document.ts'
import { createTestDatabase } from '../../../testing/create-test-database.ts'
import type { TestDatabase } from '../../../testing/create-test-database.ts'
import { writeRun } from './example-runs.ts'
import { readGroupChanges } from './group-changes.ts'
import { findRunPair } from './run-pair.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

const money = (currency: string) =>
  moneySchema.parse({
    kind: 'fund',
    id: 'M',
    title: { kk: 'M', ru: 'M', en: 'M' },
    currency,
    amount: '1000',
  })
const documentIn = (currency: string | null) => ({
  ...exampleDocument(),
  money: currency === null ? null : money(currency),
})

/** Ten teachers with so much each; null: nothing is due, or it cannot be told. */
async function run(currency: string | null, amounts: readonly (string | null)[]): Promise<number> {
  const teachers = amounts.map((amount, index) => ({ id: index + 1, place: index + 1, money: amount }))
  return await writeRun(database.db, documentIn(currency), teachers)
}

it('adds up what is due in both runs, to the last digit, and compares only who has an amount in both', async () => {
  const other = await run('KZT', ['10.10', '20.20', '30.30', '40.40', '50.50', '60.60', null, null])
  const id = await run('KZT', ['11.10', '20.20', '29.30', '45.40', '55.50', '65.60', '7.07', null])
  const { money: sums, overall } = await readGroupChanges(
    database.db,
    await findRunPair(database.db, { id, other }),
  )
  expect(sums).toEqual({
    currency: 'KZT',
    before: { sum: '212.1', people: 6 },
    after: { sum: '234.17', people: 7 },
    change: '22.07',
  })
  // +1, 0, -1, +5, +5, +5: the seventh has no amount before, and none is not 0.
  expect(overall.money).toEqual({ count: 6, up: 4, down: 1, same: 1, mean: '2.5', median: '3' })
})

it('says nothing of money that only one of the regulations gives, or in another currency', async () => {
  const amounts = ['1', '2', '3', '4', '5']
  const [tenge, lira, none] = [await run('KZT', amounts), await run('TRY', amounts), await run(null, amounts)]
  for (const [id, other] of [
    [tenge, lira],
    [tenge, none],
  ] as const) {
    const found = await readGroupChanges(database.db, await findRunPair(database.db, { id, other }))
    expect(found.money).toBeNull()
    expect(found.overall.money).toBeNull()
  }
})
