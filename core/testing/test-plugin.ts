import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { migrate } from '../database/migrate.ts'
import type { AnyPlugin, Plugin } from '../plugin/definition.ts'
import { findDefinitionFaults } from '../plugins/check-definition.ts'
import { checkPlugin } from '../plugins/load-plugins.ts'
import { openHost } from '../plugins/open-host.ts'
import { pluginAccess } from '../plugin-access.ts'
import { createTestDatabase } from './create-test-database.ts'
import type { TestDatabase } from './create-test-database.ts'
import { findSampleFaults, findSettingsFaults } from './plugin-checks.ts'
import type { Samples } from './plugin-checks.ts'
import { findQueryFaults } from './query-checks.ts'

export type { Samples } from './plugin-checks.ts'

/**
 * The contract suite of plugins: what core relies on, tried on a real database. Call it in a test file of the plugin, with at
 * least one entry for each kind of evidence (`samples`), written as a person would fill in the form.
 */
export function testPlugin<Tables>(
  given: Plugin<Tables>,
  { samples = {} }: { samples?: Samples } = {},
): void {
  const plugin = given as unknown as AnyPlugin
  describe(`the plugin ${given.id} keeps the contract`, () => {
    let database: TestDatabase
    beforeAll(async () => {
      database = await createTestDatabase()
    })
    afterAll(async () => {
      await database.drop()
    })

    test('its definition is whole: ids, schemas, routes, and texts in kk, ru and en', () => {
      expect(findDefinitionFaults(given)).toEqual([])
    })
    test('it runs with the settings it has by default', () => {
      expect(findSettingsFaults(plugin)).toEqual([])
    })
    test('its kinds take the samples, name them, and recognise them again', () => {
      expect(findSampleFaults(plugin, samples)).toEqual([])
    })
    test('its migrations run, and a second time change nothing', async () => {
      await migrateOnce(database, plugin)
      expect(await migrateOnce(database, plugin)).toEqual([])
    })
    test('its queries run on empty tables and answer what core asks for', async () => {
      await migrateOnce(database, plugin)
      expect(await findQueryFaults(plugin, samples, database)).toEqual([])
    })
    test('the host runs it, and again after a restart', async () => {
      expect(await hostedFault(database, given)).toBeNull()
      expect(await hostedFault(database, given)).toBeNull()
    })
  })
}

async function migrateOnce(
  { pool }: TestDatabase,
  { id, migrations, audit = {} }: AnyPlugin,
): Promise<string[]> {
  return migrations ? await migrate(pool, [{ owner: id, folder: migrations, audit }]) : []
}

async function hostedFault({ db, pool }: TestDatabase, plugin: unknown): Promise<string | null> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const found = [checkPlugin('the plugin', plugin)]
  const now = () => new Date()
  const host = await openHost({ db, pool, found, log: quiet, now, access: pluginAccess(db) })
  return host.plugins()[0]?.fault?.message ?? null
}
