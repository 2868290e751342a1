import { afterEach, expect, test } from 'vitest'
import { tinyPlugin } from '../testing/tiny-plugin/tiny-plugin.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { createTestUniversity } from '../evidence/test-university.ts'
import { loadPlugins } from './load-plugins.ts'
import { openHost } from './open-host.ts'
import { pluginAccess } from '../plugin-access.ts'

const open: TestApp[] = []
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
async function start(options: Parameters<typeof createTestApp>[0]): Promise<TestApp> {
  const server = await createTestApp(options)
  open.push(server)
  return server
}
/** The same database after a restart with these plugins. */
async function restart({ context: { db, pool, log, now } }: TestApp, plugins: Record<string, unknown>) {
  const found = await loadPlugins(Object.keys(plugins), async (name) => {
    if (plugins[name] instanceof Error) throw plugins[name]
    return { default: plugins[name] }
  })
  return await openHost({ db, pool, log, now, found, access: pluginAccess(db, now) })
}

test('a broken plugin is named with its fault, and the rest runs', async () => {
  const server = await start({})
  const host = await restart(server, {
    '@x/gone': new Error("Cannot find package '@x/gone'"),
    '@x/odd': { id: 'odd' },
    '@x/tiny': tinyPlugin,
    '@x/twin': { ...tinyPlugin, version: '2' },
    '@x/bad-tables': {
      ...tinyPlugin,
      id: 'bad-tables',
      migrations: new URL('./test-migrations/', import.meta.url),
    },
  })
  expect(host.plugins().map(({ id, fault }) => [id, fault?.stage])).toEqual([
    ['@x/gone', 'import'],
    ['@x/odd', 'definition'],
    ['tiny', undefined],
    ['@x/twin', 'definition'],
    ['bad-tables', 'migration'],
  ])
  const messages = host.plugins().map(({ fault }) => fault?.message ?? '')
  expect(messages[0]).toBe("Cannot find package '@x/gone'")
  expect(messages[1]).toContain('/version:')
  expect(messages[3]).toBe('the id "tiny" is already that of @x/tiny')
  expect(messages[4]).toContain('does_not_exist')
  expect(server.logged.join('\n')).toContain('plugin @x/gone does not run (import)')
  expect(host.evidenceKind('tiny.race')?.unit).toBe('event')
  expect(host.evidenceKind('bad-tables.race')).toBeNull()
  expect(host.weighting('tiny.even')?.id).toBe('even')
  expect(host.factSources().map(({ indicator, source }) => `${indicator} ${source}`)).toEqual([
    'tiny.race evidence',
    'tiny.medal query',
  ])
})

test('the catalogue is kept: what is gone is not available any more, and comes back', async () => {
  const server = await start({ plugins: [tinyPlugin] })
  const { db } = server.database
  const available = async () => [
    ...(await db.selectFrom('indicator').select(['id', 'available']).orderBy('id').execute()),
    ...(await db.selectFrom('weighting').select(['id', 'available']).execute()),
  ]
  const all = (is: boolean) => ['tiny.medal', 'tiny.race', 'tiny.even'].map((id) => ({ id, available: is }))
  expect(await available()).toEqual(all(true))
  await restart(server, {})
  expect(await available()).toEqual(all(false))
  await restart(server, { tiny: tinyPlugin })
  expect(await available()).toEqual(all(true))
  const race = await db
    .selectFrom('indicator')
    .selectAll()
    .where('id', '=', 'tiny.race')
    .executeTakeFirstOrThrow()
  expect(Object.keys(race.attributes['properties'] as object)).toEqual(['name', 'metal', 'worth'])
  expect(race.name).toEqual({ kk: 'Race', ru: 'Race', en: 'Race' })
})

test('a plugin is switched off and on over HTTP, which takes effect at the next start', async () => {
  const server = await start({ plugins: [tinyPlugin] })
  await createTestUniversity(server.database.db)
  const account = await administrator(server)
  const put = async (url: string, payload: object) =>
    await server.app.inject({ method: 'PUT', url, payload, headers: { 'x-ustaz-account': account } })
  expect((await put('/api/plugins/tiny/enabled', { enabled: false })).json()).toEqual({
    id: 'tiny',
    enabled: false,
  })
  expect((await put('/api/plugins/none/enabled', { enabled: false })).statusCode).toBe(404)
  const medals = { url: '/api/plugins/tiny/medals', headers: { 'x-ustaz-account': account } }
  expect((await server.app.inject(medals)).json()).toEqual({ count: 0, least: 5 })
  const off = await restart(server, { tiny: tinyPlugin })
  expect([off.evidenceKind('tiny.race'), off.plugins()[0]?.enabled]).toEqual([null, false])
  await put('/api/plugins/tiny/enabled', { enabled: true })
  expect((await restart(server, { tiny: tinyPlugin })).evidenceKind('tiny.race')).not.toBeNull()
})

test('settings are checked by their schema, stored, and given to the plugin at the next start', async () => {
  const server = await start({ plugins: [tinyPlugin] })
  await createTestUniversity(server.database.db)
  const headers = { 'x-ustaz-account': await administrator(server), 'accept-language': 'en' }
  const put = async (payload: object) =>
    await server.app.inject({ method: 'PUT', url: '/api/plugins/tiny/settings', payload, headers })
  expect((await put({ least: -1 })).json()).toMatchObject({
    code: 'settings-invalid',
    issues: [{ path: '/least', message: 'Must be at least 0.' }],
  })
  expect((await put({ least: 7 })).json()).toEqual({ id: 'tiny', settings: { least: 7 } })
  const host = await restart(server, { tiny: tinyPlugin })
  expect(host.contextOf('tiny').settings).toEqual({ least: 7 })
  const catalogue = (await server.app.inject({ url: '/api/catalogue', headers })).json<{
    plugins: object[]
    evidenceKinds: object[]
  }>()
  expect(catalogue.plugins).toMatchObject([
    {
      id: 'tiny',
      version: '1.2.3',
      enabled: true,
      fault: null,
      settings: { least: 7 },
      settingsSchema: { type: 'object' },
    },
  ])
  expect(catalogue.evidenceKinds).toMatchObject([
    { indicator: 'tiny.race', schema: { required: ['name'] }, roles: ['runner'], participants: 'many' },
  ])
})

test('stored settings that the schema of a new version refuses keep the plugin out, with the fault', async () => {
  const server = await start({ plugins: [tinyPlugin] })
  await server.database.db.updateTable('plugin').set({ settings: '{"least": "many"}' }).execute()
  const host = await restart(server, { tiny: tinyPlugin })
  expect(host.plugins()[0]?.fault).toMatchObject({
    stage: 'settings',
    message: expect.stringContaining('least') as string,
  })
})

test('what plugins keep running is started in order and stopped in reverse; one that fails is named', async () => {
  const server = await start({})
  const steps: string[] = []
  const lasting = (id: string) => ({
    ...tinyPlugin,
    id,
    start: async () => {
      steps.push(`start ${id}`)
      return async () => void steps.push(`stop ${id}`)
    },
  })
  const failing = { ...lasting('c'), start: async () => await Promise.reject(new Error('no such device')) }
  const host = await restart(server, { a: lasting('a'), c: failing, b: lasting('b') })
  await host.start()
  await host.stop()
  await host.stop()
  expect(steps).toEqual(['start a', 'start b', 'stop b', 'stop a'])
  expect(host.plugins().map(({ fault }) => fault)).toEqual([
    null,
    { stage: 'start', message: 'no such device' },
    null,
  ])
})

async function administrator({ database: { db } }: TestApp): Promise<string> {
  const row = { name: 'Administrator', teacher_id: null }
  const { id } = await db.insertInto('account').values(row).returning('id').executeTakeFirstOrThrow()
  await db
    .insertInto('account_role')
    .values({ account_id: id, role: 'administrator', unit_id: null })
    .execute()
  return String(id)
}
