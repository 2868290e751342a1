import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { createHash } from 'node:crypto'
import type { ClassroomTables } from '../tables.ts'
import type { JudgedMessage, Judgement } from './judgement.ts'

const keptBytes = 1024

/** Keeps what was not stored, with the reason, once for each payload; what comes again is counted. */
export async function quarantineMessages(
  trx: Transaction<ClassroomTables>,
  batch: readonly JudgedMessage[],
): Promise<void> {
  const rows = new Map<string, { digest: Buffer; times: number } & ReturnType<typeof rowOf>>()
  for (const { message, judgement } of batch) {
    for (const one of judgement.quarantined) {
      const digest = createHash('sha256').update(message.topic).update('\0').update(message.payload).digest()
      const key = `${digest.toString('hex')} ${one.reason}`
      const known = rows.get(key)
      if (known) known.times++
      else rows.set(key, { digest, times: 1, ...rowOf(message, one) })
    }
  }
  if (rows.size === 0) return
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
  await trx
    .insertInto('quarantine')
    .values(sorted)
    .onConflict((conflict) =>
      conflict.columns(['digest', 'reason']).doUpdateSet((eb) => ({
        times: sql<number>`${eb.ref('quarantine.times')} + ${eb.ref('excluded.times')}`,
        last_at: eb.ref('excluded.last_at'),
        detail: eb.ref('excluded.detail'),
        code: eb.ref('excluded.code'),
        params: eb.ref('excluded.params'),
      })),
    )
    .execute()
}

function rowOf(
  { topic, payload, arrivedAt }: JudgedMessage['message'],
  { reason, deviceName, why }: Judgement['quarantined'][number],
) {
  return {
    reason,
    topic: withoutZero(topic).slice(0, 500),
    device_name: deviceName === null ? null : withoutZero(deviceName).slice(0, 200),
    detail: withoutZero(why.detail),
    code: why.code,
    params: JSON.stringify(
      Object.fromEntries(
        Object.entries(why.params).map(([name, value]) => [
          name,
          typeof value === 'string' ? withoutZero(value) : finite(value),
        ]),
      ),
    ),
    payload: payload.subarray(0, keptBytes),
    first_at: arrivedAt,
    last_at: arrivedAt,
  }
}

/** JSON has no NaN and no infinity. */
const finite = (value: number) => (Number.isFinite(value) ? value : String(value))

/** PostgreSQL's text holds no zero, and no half of a surrogate pair. */
function withoutZero(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u{fffd}')
}
