/**
 * npm run bench:audit -- [--teachers 10000] [--rounds 5]
 *
 * What the audit log adds to writing: an import of so many teachers with a post each, the same import with every family name changed, and
 * single changes one after another; each in two databases in turn, of which one has no audit triggers. Then sealing and verifying all entries.
 */
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { sealEntries } from '../core/audit/seal-entries.ts'
import { verifyChain } from '../core/audit/verify-chain.ts'
import { attributed } from '../core/database/attribution.ts'
import type { CoreTables } from '../core/database/tables.ts'
import { importPeople } from '../core/people/import/import-people.ts'
import { withBenchServer } from './bench-server.ts'

const { values } = parseArgs({
  options: { teachers: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '5' } },
})
const [teachers, rounds] = [Number(values.teachers), Number(values.rounds)]
const singleChanges = 500

const units =
  'code,kind,parent,name_kk,name_ru,name_en\nU,university,,У,У,U\nF,faculty,U,Ф,Ф,F\nD,department,F,К,К,D\n'
const lines = (line: (n: number) => string) => Array.from({ length: teachers }, (_, n) => line(n)).join('\n')
const teachersTable = (name: string) =>
  `code,family_name,given_name\n${lines((n) => `T${n},${name},Ерлан`)}\n`
const postsTable = () =>
  `teacher,unit,position,rate,starts_on\n${lines((n) => `T${n},D,lecturer,1,2024-09-01`)}\n`

const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)]!

type Work = (db: Kysely<CoreTables>) => Promise<void>
const works: Record<string, Work> = {
  import: async (db) => {
    await bring(db, 'teachers', teachersTable('Сәрсенов'))
    await bring(db, 'appointments', postsTable())
  },
  change: async (db) => await bring(db, 'teachers', teachersTable('Әбенов')),
  single: async (db) => {
    const { id } = await db.selectFrom('teacher').select('id').limit(1).executeTakeFirstOrThrow()
    for (let i = 0; i < singleChanges; i++)
      await db
        .updateTable('teacher')
        .set({ latin_name: String(i) })
        .where('id', '=', id)
        .execute()
  },
}

await withBenchServer(async (server) => {
  const result = await server.inDatabase('audited', [], async ({ db: audited }) => {
    return await server.inDatabase('plain', [], async ({ db: plain }) => {
      await dropTriggers(plain)
      for (const db of [audited, plain]) await bring(db, 'units', units)
      const ratios: Record<string, number[]> = {}
      for (let round = 0; round <= rounds; round++) {
        for (const db of [audited, plain])
          await sql`truncate core.appointment, core.teacher cascade`.execute(db)
        for (const [name, work] of Object.entries(works)) {
          const [without, withLog] = [await seconds(plain, work), await seconds(audited, work)]
          // The first round warms up.
          if (round > 0) (ratios[name] ??= []).push(withLog / without)
          console.log(`${round} ${name}: ${without.toFixed(2)} s without, ${withLog.toFixed(2)} s with`)
        }
      }
      const ratio = Object.fromEntries(Object.entries(ratios).map(([name, list]) => [name, median(list)]))
      return { teachers, rounds, ratio, ...(await chainTimes(audited)) }
    })
  })
  console.log(JSON.stringify(result))
})

async function chainTimes(db: Kysely<CoreTables>) {
  let entries = 0
  const sealSeconds = await seconds(db, async () => {
    entries = await sealEntries(db)
  })
  const verifySeconds = await seconds(db, async () => {
    const { broken } = await verifyChain(db)
    if (broken) throw new Error(`the chain does not hold: ${JSON.stringify(broken)}`)
  })
  return { entries, sealSeconds, verifySeconds }
}

async function seconds(db: Kysely<CoreTables>, work: Work): Promise<number> {
  const start = performance.now()
  await attributed({ actor: 'account:1', request: 'bench' }, async () => await work(db))
  return (performance.now() - start) / 1000
}

async function dropTriggers(db: Kysely<CoreTables>): Promise<void> {
  const { rows } = await sql<{ name: string; table: string }>`
    select tgname as name, tgrelid::regclass::text as table from pg_trigger where tgname like 'audit\_%'`.execute(
    db,
  )
  for (const { name, table } of rows)
    await sql`drop trigger ${sql.ref(name)} on ${sql.raw(table)}`.execute(db)
}

async function bring(db: Kysely<CoreTables>, kind: 'units' | 'teachers' | 'appointments', table: string) {
  const report = await importPeople(db, { kind, content: Buffer.from(table), dryRun: false, language: 'en' })
  if (!report.written) throw new Error(JSON.stringify(report.lines.find(({ issues }) => issues.length > 0)))
}
