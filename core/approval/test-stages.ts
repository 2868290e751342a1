import type { Kysely } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import { exampleDocument } from '../regulation/example-document.ts'

const text = (en: string) => ({ kk: en, ru: en, en })

/** For tests: teacher -> head -> dean -> library and science -> approved; talks end with the dean. */
export const testStages = [
  { id: 'S1', title: text('Head'), who: 'head', may: ['pass', 'return'], days: 3 },
  { id: 'S2', title: text('Dean'), who: 'dean', may: ['pass', 'return'] },
  {
    id: 'S3',
    title: text('Units'),
    who: 'verifier',
    may: ['pass', 'reject'],
    days: 10,
    units: [
      { unit: 'library', indicators: ['test.work'] },
      { unit: 'science', indicators: ['test.work'] },
      { unit: 'sport', indicators: ['test.game'] },
    ],
  },
]

/** For tests: an approved regulation from 2025-09-01 that counts works and talks; `changes` replace whole sections. */
export async function approveTestRegulation(
  db: Kysely<CoreTables>,
  approvedBy: number,
  changes: Record<string, unknown> = {},
): Promise<number> {
  const criterion = (id: string, indicator: string) => {
    return {
      id,
      area: 'A1',
      title: text(id),
      unit: 'item',
      indicator,
      points: { kind: 'per-unit', points: '1' },
    }
  }
  const document = exampleDocument({
    code: 'staged',
    validFrom: '2025-09-01',
    criteria: [criterion('1.1', 'test.work'), criterion('1.2', 'test.talk')],
    approval: { stages: testStages },
    ...changes,
  })
  const regulation = await db
    .insertInto('regulation')
    .values({ code: document.code })
    .onConflict((conflict) => conflict.column('code').doUpdateSet({ code: document.code }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id } = await db
    .insertInto('regulation_version')
    .values({
      regulation_id: regulation.id,
      version: document.version,
      state: 'approved',
      document: JSON.stringify(document),
      hash: `${document.code}-${document.version}`,
      created_by: approvedBy,
      approved_by: approvedBy,
      approved_at: new Date(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
