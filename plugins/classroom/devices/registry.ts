import type { Page } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Credentials, Device } from '../contract.ts'
import type { ClassroomTables } from '../tables.ts'
import { announcingType } from '../ingest/announcements.ts'
import { readOwnTopics } from './announced-topics.ts'
import { makeCredentials } from './credentials.ts'
import { mosquittoAcl, mosquittoPasswords, rightsOf } from './device-rights.ts'

type Db = Kysely<ClassroomTables>

export async function listDevices(
  db: Db,
  { page, pageSize, search }: { page: number; pageSize: number; search: string },
): Promise<Page<Device>> {
  const found = sql<boolean>`(${search} = '' or strpos(lower(device.name || ' ' || coalesce(room.code, '')), lower(${search})) > 0)`
  const rows = await devicesWith(db)
    .where(found)
    .select(sql<number>`(count(*) over ())::integer`.as('total'))
    .orderBy(sql`device.retired_at is not null`)
    .orderBy(
      sql`not exists (select from plugin_classroom.alert a where a.device_id = device.id and a.ends_at is null)`,
    )
    .orderBy('device.name')
    .limit(pageSize)
    .offset((page - 1) * pageSize)
    .execute()
  return { items: rows.map(toDevice), total: rows[0]?.total ?? 0, page, pageSize }
}

/** Throws `classroom.device-not-found`. */
async function readDevice(db: Db, id: number): Promise<Device> {
  const row = await devicesWith(db).where('device.id', '=', id).executeTakeFirst()
  return row ? toDevice(row) : notFound(id)
}

function devicesWith(db: Db) {
  return db
    .selectFrom('device')
    .leftJoin('device_state', 'device_state.device_id', 'device.id')
    .leftJoin('device_room', (join) =>
      join.onRef('device_room.device_id', '=', 'device.id').on('device_room.ends_at', 'is', null),
    )
    .leftJoin('room', 'room.id', 'device_room.room_id')
    .selectAll('device')
    .select([
      'device_state.last_seen_at',
      'device_state.online',
      'device_state.firmware',
      'device_state.battery',
    ])
    .select(['device_state.missed', 'device_state.clock_ahead_seconds'])
    .select(['room.id as room_id', 'room.code as room_code'])
    .select(
      sql<{ kind: Device['alerts'][number]['kind']; detail: string; since: string }[] | null>`(
        select jsonb_agg(jsonb_build_object('kind', a.kind, 'detail', a.detail,
          'since', to_char(a.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) order by a.kind)
        from plugin_classroom.alert a where a.device_id = device.id and a.ends_at is null)`.as('alerts'),
    )
}
type DeviceRow = Awaited<ReturnType<ReturnType<typeof devicesWith>['execute']>>[number]

function toDevice(row: DeviceRow): Device {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    isGateway: row.is_gateway,
    intervalSeconds: row.interval_seconds,
    room: row.room_id === null || row.room_code === null ? null : { id: row.room_id, code: row.room_code },
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    online: row.online,
    firmware: row.firmware,
    battery: row.battery,
    missed: row.missed ?? 0,
    clockAheadSeconds: row.clock_ahead_seconds,
    retiredAt: row.retired_at?.toISOString() ?? null,
    alerts: row.alerts ?? [],
  }
}

function notFound(id: number): never {
  throw new UstazError('classroom.device-not-found', { status: 404, params: { id } })
}

/** Throws `classroom.device-known`, `classroom.room-unknown`. */
export async function provisionDevice(
  db: Db,
  input: {
    name: string
    type: string
    intervalSeconds: number
    roomCode: string | null
    isGateway: boolean
  },
  now: Date,
): Promise<Credentials> {
  const { password, hashes } = await makeCredentials()
  return await db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('device')
      .values({
        name: input.name,
        type: input.type,
        interval_seconds: input.intervalSeconds,
        is_gateway: input.isGateway,
        ...hashes,
        provisioned_at: now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) throw new UstazError('classroom.device-known', { status: 409, params: { name: input.name } })
    if (input.roomCode !== null && !input.isGateway)
      await assignRoom(trx, made.id, { roomCode: input.roomCode, from: now })
    return { id: made.id, name: input.name, password, topics: [...rightsOf(input).publish] }
  })
}

export async function renewPassword(db: Db, id: number): Promise<Credentials> {
  const { password, hashes } = await makeCredentials()
  const device = await db
    .updateTable('device')
    .set(hashes)
    .where('id', '=', id)
    .where('retired_at', 'is', null)
    .returning(['name', 'type', 'is_gateway as isGateway'])
    .executeTakeFirst()
  if (!device) return notFound(id)
  return { id, name: device.name, password, topics: [...rightsOf(device).publish] }
}

/** Throws also `classroom.room-unknown`, `classroom.move-too-early` (before it came to where it stands). */
export async function moveDevice(
  db: Db,
  id: number,
  move: { roomCode: string | null; from: Date },
): Promise<Device> {
  await readDevice(db, id)
  await db.transaction().execute(async (trx) => await assignRoom(trx, id, move))
  return await readDevice(db, id)
}

async function assignRoom(
  trx: Db,
  id: number,
  { roomCode, from }: { roomCode: string | null; from: Date },
): Promise<void> {
  const room =
    roomCode === null
      ? null
      : await trx.selectFrom('room').select('id').where('code', '=', roomCode).executeTakeFirst()
  if (room === undefined)
    throw new UstazError('classroom.room-unknown', { status: 422, params: { code: roomCode ?? '' } })
  const last = await trx
    .selectFrom('device_room')
    .select(['room_id', 'starts_at', 'ends_at'])
    .where('device_id', '=', id)
    .orderBy('starts_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
  if (last && (last.starts_at >= from || (last.ends_at && last.ends_at > from)))
    throw new UstazError('classroom.move-too-early', {
      status: 422,
      params: { since: last.starts_at.toISOString() },
    })
  if (last?.ends_at === null) {
    await trx
      .updateTable('device_room')
      .set({ ends_at: from })
      .where('device_id', '=', id)
      .where('ends_at', 'is', null)
      .execute()
  }
  if (room)
    await trx.insertInto('device_room').values({ device_id: id, room_id: room.id, starts_at: from }).execute()
}

export async function retireDevice(db: Db, id: number, now: Date): Promise<Device> {
  await readDevice(db, id)
  await db.transaction().execute(async (trx) => {
    const open = trx.updateTable('device_room').set({ ends_at: now }).where('device_id', '=', id)
    await open.where('ends_at', 'is', null).where('starts_at', '<', now).execute()
    await trx
      .updateTable('device')
      .set({ retired_at: now, password_hash: null, mosquitto_hash: null })
      .where('id', '=', id)
      .where('retired_at', 'is', null)
      .execute()
    await trx
      .updateTable('alert')
      .set({ ends_at: now })
      .where('device_id', '=', id)
      .where('ends_at', 'is', null)
      .execute()
  })
  return await readDevice(db, id)
}

export async function exportAcl(db: Db): Promise<string> {
  const devices = await devicesInUse(db)
  const announced = await readOwnTopics(
    db,
    devices.filter(({ type }) => type === announcingType),
  )
  return mosquittoAcl(
    'ustaz',
    devices.map((device) => ({ ...device, announced: announced.get(device.name) ?? [] })),
  )
}

export async function exportPasswords(db: Db): Promise<string> {
  return mosquittoPasswords(await devicesInUse(db))
}

async function devicesInUse(db: Db) {
  return await db
    .selectFrom('device')
    .select(['name', 'type', 'is_gateway as isGateway', 'mosquitto_hash as mosquittoHash'])
    .where('retired_at', 'is', null)
    .orderBy('name')
    .execute()
}
