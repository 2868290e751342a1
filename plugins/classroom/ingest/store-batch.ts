import type { JobAccess } from '@ustaz/core/plugin'
import { quantityNames } from '@ustaz/devices'
import type { Quantity } from '@ustaz/devices'
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { ClassroomTables } from '../tables.ts'
import { keepAnnouncements } from './announcements.ts'
import { binaryArray, binaryTexts } from './binary-arrays.ts'
import type { JudgedMessage, StoredReading } from './judgement.ts'
import { noteNews } from './note-news.ts'
import { quarantineMessages } from './quarantine-messages.ts'

export interface BatchReport {
  /** Readings that are new. */
  stored: number
  /** Readings that were there already. */
  duplicate: number
}

/** How long after new readings lessons are computed from them: until then more will have come. */
const settleSeconds = 60

/**
 * Stores what a batch says in one transaction: readings once each, news of devices, what is quarantined, the count of each end, and the
 * job that computes the lessons anew. When it has resolved, all of it is committed.
 */
export async function storeBatch(
  db: Kysely<ClassroomTables>,
  jobs: JobAccess<ClassroomTables>,
  batch: readonly JudgedMessage[],
): Promise<BatchReport> {
  try {
    return await storeAs('new', { db, jobs, batch })
  } catch (error) {
    if ((error as { code?: unknown }).code !== uniqueViolation) throw error
    return await storeAs('perhaps-known', { db, jobs, batch })
  }
}

/** What PostgreSQL says when a reading is there already: rare enough that it is cheaper not to look for it in every row. */
const uniqueViolation = '23505'

async function storeAs(
  what: 'new' | 'perhaps-known',
  {
    db,
    jobs,
    batch,
  }: { db: Kysely<ClassroomTables>; jobs: JobAccess<ClassroomTables>; batch: readonly JudgedMessage[] },
): Promise<BatchReport> {
  const readings = batch.flatMap(({ judgement }) => judgement.readings)
  return await db.transaction().execute(async (trx) => {
    const again = await findAgain(trx, batch)
    const fresh = again.size === 0 ? readings : readings.filter((reading) => !again.has(reading))
    const stored = await insertReadings(trx, fresh, what)
    const duplicate = readings.length - stored
    await quarantineMessages(trx, batch)
    await keepAnnouncements(trx, batch)
    await noteNews(
      trx,
      batch.flatMap(({ judgement }) => judgement.news),
    )
    await count(trx, batch, duplicate)
    await noteUnsettled(trx, jobs, fresh)
    return { stored, duplicate }
  })
}

async function insertReadings(
  trx: Transaction<ClassroomTables>,
  readings: readonly StoredReading[],
  what: 'new' | 'perhaps-known',
): Promise<number> {
  if (readings.length === 0) return 0
  // In the order of the key, so that two processes with the same readings wait for each other instead of blocking each other.
  const sorted = readings.toSorted(
    (a, b) =>
      a.deviceId - b.deviceId ||
      a.measuredAt.getTime() - b.measuredAt.getTime() ||
      a.sequence - b.sequence ||
      (a.quantity < b.quantity ? -1 : 1),
  )
  const { numAffectedRows } = await sql`
    insert into plugin_classroom.reading (device_id, measured_at, sequence, quantity, channel, value, received_at)
    select r.device_id, r.measured_at, r.sequence, (${sql.lit(namesInSql)}::plugin_classroom.quantity[])[r.quantity],
      r.channel, r.value, r.received_at
    from unnest(
      ${binaryArray(
        'int8',
        sorted.map(({ deviceId }) => deviceId),
      )}::bigint[],
      ${binaryArray(
        'timestamptz',
        sorted.map(({ measuredAt }) => measuredAt.getTime()),
      )}::timestamptz[],
      ${binaryArray(
        'int8',
        sorted.map(({ sequence }) => sequence),
      )}::bigint[],
      ${binaryArray(
        'int2',
        sorted.map(({ quantity }) => placeOf[quantity]),
      )}::smallint[],
      ${binaryTexts(sorted.map(({ channel }) => channel))}::text[],
      ${binaryArray(
        'float8',
        sorted.map(({ value }) => value),
      )}::double precision[],
      ${binaryArray(
        'timestamptz',
        sorted.map(({ receivedAt }) => receivedAt.getTime()),
      )}::timestamptz[])
      as r (device_id, measured_at, sequence, quantity, channel, value, received_at)
    ${what === 'new' ? sql`` : sql`on conflict do nothing`}`.execute(trx)
  return Number(numAffectedRows ?? 0n)
}

const namesInSql = `{${quantityNames.join(',')}}`
/** From 1, as PostgreSQL counts. */
const placeOf = Object.fromEntries(quantityNames.map((name, index) => [name, index + 1])) as Record<
  Quantity,
  number
>

/** How long before a message that comes again its first copy may have come. */
const againSeconds = 600

/**
 * Readings without a time of their own of messages that the broker gives out again: where the same value stands already, it is the same. A
 * second measurement of the same value may be taken for it, which loses nothing but its moment.
 */
async function findAgain(
  trx: Transaction<ClassroomTables>,
  batch: readonly JudgedMessage[],
): Promise<ReadonlySet<StoredReading>> {
  const doubtful = batch
    .filter(({ message }) => message.again)
    .flatMap(({ judgement }) => judgement.readings)
    .filter(
      ({ sequence, measuredAt, receivedAt }) =>
        sequence === -1 && measuredAt.getTime() === receivedAt.getTime(),
    )
  if (doubtful.length === 0) return new Set()
  const { rows } = await sql<{ place: number }>`
    select place::integer as place from unnest(
      ${doubtful.map(({ deviceId }) => deviceId)}::bigint[],
      ${doubtful.map(({ measuredAt }) => measuredAt.toISOString())}::timestamptz[],
      ${doubtful.map(({ quantity }) => quantity)}::plugin_classroom.quantity[],
      ${doubtful.map(({ channel }) => channel)}::text[],
      ${doubtful.map(({ value }) => value)}::double precision[])
      with ordinality as d (device_id, measured_at, quantity, channel, value, place)
    where exists (
      select from plugin_classroom.reading r
      where r.device_id = d.device_id and r.sequence = -1 and r.quantity = d.quantity and r.channel = d.channel
        and r.value = d.value
        and r.measured_at between d.measured_at - make_interval(secs => ${againSeconds}) and d.measured_at)`.execute(
    trx,
  )
  return new Set(rows.map(({ place }) => doubtful[place - 1]!))
}

/** By the day of arrival in UTC. */
async function count(
  trx: Transaction<ClassroomTables>,
  batch: readonly JudgedMessage[],
  duplicate: number,
): Promise<void> {
  const day = batch.at(-1)?.message.arrivedAt.toISOString().slice(0, 10)
  if (day === undefined) return
  const counts = new Map<string, number>([['duplicate-readings', duplicate]])
  for (const { judgement } of batch) {
    const end =
      judgement.outcome === 'quarantined'
        ? (judgement.quarantined[0]?.reason ?? 'malformed')
        : judgement.outcome
    counts.set(end, (counts.get(end) ?? 0) + 1)
  }
  const rows = [...counts].filter(([, number]) => number > 0).sort(([a], [b]) => (a < b ? -1 : 1))
  await trx
    .insertInto('ingest_count')
    .values(rows.map(([outcome, number]) => ({ day, outcome, count: number })))
    .onConflict((conflict) =>
      conflict.columns(['day', 'outcome']).doUpdateSet((eb) => ({
        count: sql<number>`${eb.ref('ingest_count.count')} + ${eb.ref('excluded.count')}`,
      })),
    )
    .execute()
}

const dayMs = 86_400_000

async function noteUnsettled(
  trx: Transaction<ClassroomTables>,
  jobs: JobAccess<ClassroomTables>,
  readings: readonly StoredReading[],
): Promise<void> {
  /** By device, in days since 1970. */
  const days = new Map<number, Set<number>>()
  for (const { deviceId, measuredAt } of readings) {
    const own = days.get(deviceId) ?? new Set()
    days.set(deviceId, own.add(Math.floor(measuredAt.getTime() / dayMs)))
  }
  if (days.size === 0) return
  const all = [...days]
    .flatMap(([device, own]) => [...own].map((day) => ({ device, day })))
    .sort((a, b) => a.device - b.device || a.day - b.day)
  const { rows: added } = await sql`
    insert into plugin_classroom.unsettled_day (device_id, day)
    select device_id, date '1970-01-01' + day
    from unnest(${all.map(({ device }) => device)}::bigint[], ${all.map(({ day }) => day)}::integer[])
      as u (device_id, day)
    on conflict do nothing
    returning device_id`.execute(trx)
  if (added.length > 0) await jobs.send('settle', {}, { trx, key: 'settle', afterSeconds: settleSeconds })
}
