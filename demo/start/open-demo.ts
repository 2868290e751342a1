import Fastify from 'fastify'
import type { AppContext } from '../../core/app-context.ts'
import { createLog } from '../../core/commands/command-log.ts'
import { listen } from '../../core/commands/listen.ts'
import { openContext } from '../../core/commands/open-context.ts'
import type { Undo } from '../../core/commands/undo.ts'
import type { Config } from '../../core/config.ts'
import { UstazError } from '../../core/contract/problem.ts'
import type { Marker } from '../load/marker.ts'
import { clearLeftovers, examineDatabase } from './examine-database.ts'
import { forgetData } from './forget-data.ts'
import { holdDatabase } from './hold-database.ts'
import type { HeldDatabase } from './hold-database.ts'
import type { DemoOptions } from './options.ts'
import { say, textOf } from './say.ts'
import { readAddress } from './serve.ts'

/**
 * Opens all that the product works with, and tells what is there of the demonstration (null: nothing yet). What is in the way is
 * told before anything is changed: `demo.running`, `demo.foreign`, `demo.other`, `port-taken`.
 */
export async function openDemo(
  config: Config,
  options: DemoOptions,
  undo: Undo,
): Promise<{ context: AppContext; found: Marker | null }> {
  const held: { database?: HeldDatabase } = {}
  let found: Marker | null = null
  const prepare = async (url: string) => {
    const database = await holdDatabase(url)
    if (!database) throw await running(config)
    held.database = database
    if (!options.once) await checkPort(config)
    found = await findData(database, config, options)
  }
  try {
    const { context } = undo.later(await openContext(config, createLog(config.logLevel), prepare))
    if (held.database) undo.later(held.database)
    return { context, found }
  } catch (error) {
    await held.database?.stop()
    const isTaken = error instanceof UstazError && error.code === 'embedded-database-in-use'
    throw isTaken ? await running(config, error) : error
  }
}

async function running({ dataDir }: Config, cause?: unknown): Promise<UstazError> {
  const address = await readAddress(dataDir)
  const where = address === null ? '' : textOf('where', { address })
  return new UstazError('demo.running', { params: { where }, cause })
}

/** Told before the loading, not after it. */
async function checkPort(config: Config): Promise<void> {
  const probe = Fastify()
  await listen(probe, config)
  await probe.close()
}

async function findData(
  { client }: HeldDatabase,
  config: Config,
  { fresh, teachers, seed }: DemoOptions,
): Promise<Marker | null> {
  const found = await examineDatabase(client)
  if (fresh) {
    await forgetData(client, config.dataDir)
    say('forgotten')
    return null
  }
  if (!found) {
    await clearLeftovers(client)
    return null
  }
  if ((teachers ?? found.teachers) === found.teachers && (seed ?? found.seed) === found.seed) return found
  throw new UstazError('demo.other', { params: { seed: found.seed, teachers: found.teachers } })
}
