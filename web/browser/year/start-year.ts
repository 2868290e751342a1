import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import { storePassword } from '../../../core/access/accounts.ts'
import { hashPassword } from '../../../core/access/password.ts'
import { buildWeb } from '../../../core/commands/build-web.ts'
import { loadListedPlugins } from '../../../core/plugins/plugin-list.ts'
import { createRunQueue, startRunWorker } from '../../../core/rating/run-worker.ts'

/** Who takes part in the year, and a colleague who only looks on. */
export const names = [
  'teacher',
  'colleague',
  'head',
  'dean',
  'library',
  'office',
  'management',
  'reviewer',
] as const
export type Name = (typeof names)[number]

export interface Year {
  /** http://127.0.0.1:<port> */
  address: string
  /** Of the teacher. */
  teacherId: number
  /** Lets days go by: sessions end with it, as they do at night. */
  passDays(days: number): void
  stop(): Promise<void>
}

export const passwordOf = (name: Name) => `${name} has a long password`
export const emailOf = (name: Name) => `${name}@university.kz`

/** A small university in one database with the whole product; everybody has an address and a password of their own. */
export async function startYear(): Promise<Year> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const webFolder = await buildWeb(quiet)
  const server = await createTestApp({
    found: await loadListedPlugins(),
    webFolder,
    now: new Date().toISOString(),
  })
  const { db, jobs, host, log } = server.context
  const { accounts, teachers, units } = await createTestUniversity(db)
  const unit = { kind: 'department' as const, code: 'lib', parent_id: units.university }
  const title = JSON.stringify({ kk: 'Кітапхана', ru: 'Библиотека', en: 'Library' })
  const { id: unitId } = await db
    .insertInto('unit')
    .values({ ...unit, name: title })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: library } = await db
    .insertInto('account')
    .values({ name: 'Librarian', teacher_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('account_role')
    .values({ account_id: library, role: 'verifier', unit_id: unitId })
    .execute()
  const ids: Record<Name, number> = {
    teacher: accounts.aigul,
    colleague: accounts.marat,
    head: accounts.head,
    dean: accounts.dean,
    library,
    office: accounts.office,
    management: accounts.management,
    reviewer: accounts.elsewhere,
  }
  for (const name of names) {
    await db
      .updateTable('account')
      .set({ email: emailOf(name) })
      .where('id', '=', ids[name])
      .execute()
    const hash = await hashPassword(passwordOf(name))
    await storePassword(db, { accountId: ids[name], hash, at: server.context.now() })
  }
  await createRunQueue(jobs)
  await startRunWorker({ db, jobs, sources: host, log })
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  return {
    address,
    teacherId: teachers.aigul,
    passDays: (days) => {
      const { now } = server.context
      server.context.now = () => new Date(now().getTime() + days * 86_400_000)
    },
    stop: server.close,
  }
}

const text = (en: string) => ({ kk: en, ru: en, en })

/** A regulation of one clause, with stages of approval and days for appeals. */
export const regulation = {
  code: 'year',
  version: '1',
  title: text('Rating of the year'),
  description: text('Online courses count'),
  source: 'order 7',
  periodStart: '09-01',
  areas: [{ id: 'A', title: text('Teaching') }],
  criteria: [
    {
      id: '1.1',
      area: 'A',
      title: text('Online courses'),
      unit: 'course',
      indicator: 'methodical.mooc',
      points: { kind: 'per-unit', points: '10' },
    },
  ],
  leagues: [{ id: 'L', title: text('Everybody') }],
  weighting: { id: 'shares.points' },
  rounding: { digits: 2 },
  approval: {
    stages: [
      { id: 'S1', title: text('Head'), who: 'head', may: ['pass', 'return'], days: 7 },
      { id: 'S2', title: text('Dean'), who: 'dean', may: ['pass', 'return'], days: 7 },
      {
        id: 'S3',
        title: text('Library'),
        who: 'verifier',
        may: ['pass', 'return', 'reject'],
        days: 7,
        units: [{ unit: 'lib', indicators: ['methodical.mooc'] }],
      },
    ],
  },
  appeals: {
    id: '15',
    title: text('Appeals'),
    days: 5,
    answeredBy: text('A colleague of another faculty'),
    answerDays: 3,
  },
}
