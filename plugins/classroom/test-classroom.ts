import type { PluginContext } from '@ustaz/core/plugin'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestApp, TestUniversity } from '@ustaz/core/testing'
import type { Kysely } from 'kysely'
import plugin from './index.ts'
import type { ClassroomTables } from './tables.ts'

export interface TestClassroom extends TestApp {
  university: TestUniversity
  tables: Kysely<ClassroomTables>
  /** What the plugin works with; its clock is `now`. */
  plugin: PluginContext<ClassroomTables>
}

/** A server with this plugin and a small university. */
export async function createTestClassroom(now = '2026-06-30T09:00:00Z'): Promise<TestClassroom> {
  const server = await createTestApp({ plugins: [plugin], now })
  const context = server.context.host.contextOf('classroom') as unknown as PluginContext<ClassroomTables>
  return {
    ...server,
    university: await createTestUniversity(server.context.db),
    tables: context.db,
    plugin: context,
  }
}

/** Makes a device that has stood in a room (by its code, made if need be) since long ago; answers its id. */
export async function placeDevice(
  db: Kysely<ClassroomTables>,
  {
    name,
    type = 'ustaz',
    room,
    intervalSeconds = 60,
  }: { name: string; type?: string; room?: string; intervalSeconds?: number },
): Promise<number> {
  const since = new Date('2020-01-01T00:00:00Z')
  const { id } = await db
    .insertInto('device')
    .values({ name, type, interval_seconds: intervalSeconds, provisioned_at: since })
    .returning('id')
    .executeTakeFirstOrThrow()
  if (room === undefined) return id
  const row = { code: room, name: room }
  const { id: roomId } = await db
    .insertInto('room')
    .values(row)
    .onConflict((conflict) => conflict.column('code').doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.insertInto('device_room').values({ device_id: id, room_id: roomId, starts_at: since }).execute()
  return id
}
