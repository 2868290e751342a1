import { UstazError } from '@ustaz/core/contract'
import { FileAnswer, handleRoute } from '@ustaz/core/plugin'
import type { PluginContext, RouteHandler } from '@ustaz/core/plugin'
import * as contract from './contract.ts'
import { readProcesses } from './devices/ingest-processes.ts'
import { readCounts, readQuarantine } from './devices/quarantine.ts'
import * as registry from './devices/registry.ts'
import { decideDispute, disputeLesson } from './lessons/disputes.ts'
import { listLessons } from './lessons/read-lessons.ts'
import { followRooms } from './rooms/follow-rooms.ts'
import { listLiveRooms } from './rooms/live-rooms.ts'
import { readRoomDay } from './rooms/room-day.ts'
import type { ClassroomTables } from './tables.ts'
import { importTimetable } from './timetable/import-timetable.ts'

type Context = PluginContext<ClassroomTables>

const rooms: readonly RouteHandler<Context>[] = [
  handleRoute(contract.listLiveRooms, async ({ query }, context: Context) => {
    return await listLiveRooms(context.db, { ...query, now: context.now(), timeZone: context.timeZone })
  }),
  handleRoute(contract.followRooms, async (_, context: Context) => {
    const content = followRooms(context.db, { now: context.now, timeZone: context.timeZone })
    return new FileAnswer({ name: 'rooms', mediaType: 'text/event-stream', content })
  }),
  handleRoute(contract.getRoomDay, async ({ params, query }, context: Context) => {
    const [now, timeZone] = [context.now(), context.timeZone]
    const day = query.day ?? now.toLocaleDateString('sv-SE', { timeZone })
    return await readRoomDay(context.db, { id: params.id, day, now, timeZone })
  }),
]

const devices: readonly RouteHandler<Context>[] = [
  handleRoute(contract.exportAcl, async (_, { db }: Context) => {
    return new FileAnswer({
      name: 'mosquitto.acl',
      mediaType: 'text/plain',
      content: await registry.exportAcl(db),
    })
  }),
  handleRoute(contract.exportPasswords, async (_, { db }: Context) => {
    return new FileAnswer({
      name: 'mosquitto.passwords',
      mediaType: 'text/plain',
      content: await registry.exportPasswords(db),
    })
  }),
  handleRoute(
    contract.listDevices,
    async ({ query }, { db }: Context) => await registry.listDevices(db, query),
  ),
  handleRoute(contract.provisionDevice, async ({ body }, { db, now }: Context) => {
    return await registry.provisionDevice(db, body, now())
  }),
  handleRoute(contract.renewPassword, async ({ params }, { db }: Context) => {
    return await registry.renewPassword(db, params.id)
  }),
  handleRoute(contract.moveDevice, async ({ params, body }, { db, now }: Context) => {
    const from = body.from === undefined ? now() : new Date(body.from)
    return await registry.moveDevice(db, params.id, { roomCode: body.roomCode, from })
  }),
  handleRoute(contract.retireDevice, async ({ params }, { db, now }: Context) => {
    return await registry.retireDevice(db, params.id, now())
  }),
  handleRoute(contract.listQuarantine, async ({ query, language }, { db }: Context) => {
    return await readQuarantine(db, { ...query, language })
  }),
  handleRoute(contract.readCounts, async (_, { db, now }: Context) => ({
    items: await readCounts(db, now()),
    processes: await readProcesses(db, now()),
  })),
]

const lessons: readonly RouteHandler<Context>[] = [
  handleRoute(contract.importTimetable, async ({ body, file, language }, context: Context) => {
    if (!file) throw new UstazError('classroom.timetable-empty', { status: 400 })
    if (file.content.length > contract.timetableMegabytes * 1024 * 1024) {
      const params = { limit: contract.timetableMegabytes }
      throw new UstazError('classroom.timetable-large', { status: 413, params })
    }
    const { source, format, dryRun } = body
    return await importTimetable(context, {
      content: file.content,
      source,
      format,
      dryRun: dryRun === 'yes',
      language,
    })
  }),
  handleRoute(contract.listLessons, async ({ query, scope }, context: Context) => {
    return await listLessons(context, scope, query)
  }),
  handleRoute(contract.disputeLesson, async ({ params, body, actor, scope }, context: Context) => {
    return await disputeLesson({ context, actor, scope, id: params.id }, body.reason)
  }),
  handleRoute(contract.decideDispute, async ({ params, body, actor, scope }, context: Context) => {
    return await decideDispute({ context, actor, scope, id: params.id }, body)
  }),
]

export const routes: readonly RouteHandler<Context>[] = [...rooms, ...devices, ...lessons]
