import Fastify from 'fastify'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWeb } from '../../core/commands/build-web.ts'
import { createLog } from '../../core/commands/command-log.ts'
import { listen } from '../../core/commands/listen.ts'
import { openContext } from '../../core/commands/open-context.ts'
import { startApi, startWorker } from '../../core/commands/start.ts'
import { createUndo } from '../../core/commands/undo.ts'
import type { Undo } from '../../core/commands/undo.ts'
import type { Config } from '../../core/config.ts'
import { UstazError } from '../../core/contract/problem.ts'
import type { AppContext } from '../../core/app-context.ts'
import type { Marker } from '../load/marker.ts'
import { readOfficeAccounts } from './accounts.ts'
import { examineDatabase } from './examine-database.ts'
import { forgetData } from './forget-data.ts'
import { holdDatabase, runningElsewhere } from './hold-database.ts'
import type { HeldDatabase } from './hold-database.ts'
import { loadDemo } from './load-demo.ts'
import type { DemoOptions } from './options.ts'
import { printTop } from './print-top.ts'
import { rateYears } from './rate-years.ts'
import { say } from './say.ts'

const usual = { seed: 'samal', teachers: 300 }

/** Shows the whole product on generated data: loads, rates, prints who leads, and serves until `signal` says to stop. */
export async function runDemo(settings: Config, options: DemoOptions, signal: AbortSignal): Promise<void> {
  const config = configOf(settings, options)
  if (config.databaseUrl === null) say('preparing', { folder: config.dataDir })
  else say('preparing-own')
  const undo = createUndo()
  await undo.onFailure(async () => {
    const { context, found } = await openDemo(config, options, undo)
    const wanted = { seed: options.seed ?? usual.seed, teachers: options.teachers ?? usual.teachers }
    await withWeb(context, options, async () => await loadDemo(context, { found, wanted, signal }))
    await startWorker(context)
    const runs = await rateYears(context, await readOfficeAccounts(context.db), signal)
    const newest = runs.at(-1)
    if (newest) await printTop(context.db, newest)
    if (!options.once) await serve(context, undo, signal)
  })
  await undo.run()
}

/** The demonstration has a folder of its own, beside the data of `npm start`. */
function configOf(settings: Config, { port }: DemoOptions): Config {
  const logLevel = settings.logLevel === 'info' ? 'warn' : settings.logLevel
  return { ...settings, port: port ?? settings.port, logLevel, dataDir: join(settings.dataDir, 'demo') }
}

async function openDemo(
  config: Config,
  options: DemoOptions,
  undo: Undo,
): Promise<{ context: AppContext; found: Marker | null }> {
  let held: HeldDatabase | null = null
  let found: Marker | null = null
  const prepare = async (url: string) => {
    held = await holdDatabase(url, async () => await whereItListens(config))
    if (!options.once) await checkPort(config)
    found = await findData(held, config, options)
  }
  try {
    const { context } = undo.later(await openContext(config, createLog(config.logLevel), prepare))
    undo.later(held!)
    return { context, found }
  } catch (error) {
    await (held as HeldDatabase | null)?.stop()
    if (!(error instanceof UstazError) || error.code !== 'embedded-database-in-use') throw error
    throw runningElsewhere(await whereItListens(config), error)
  }
}

/** What is there of the demonstration; null: nothing, or nothing any more. Throws `demo.foreign`, `demo.other`. */
async function findData(
  { client }: HeldDatabase,
  config: Config,
  options: DemoOptions,
): Promise<Marker | null> {
  const found = await examineDatabase(client)
  if (options.fresh) {
    await forgetData(client, config.dataDir)
    say('forgotten')
    return null
  }
  const isOther =
    found !== null &&
    ((options.teachers ?? found.teachers) !== found.teachers || (options.seed ?? found.seed) !== found.seed)
  if (isOther) throw new UstazError('demo.other', { params: { seed: found.seed, teachers: found.teachers } })
  return found
}

/** Told before the loading, not after it. */
async function checkPort(config: Config): Promise<void> {
  const probe = Fastify()
  await listen(probe, config)
  await probe.close()
}

/** Builds the web, if it has to be, while the data are loaded. */
async function withWeb({ log }: AppContext, { once }: DemoOptions, load: () => Promise<void>): Promise<void> {
  await Promise.all([once ? null : buildWeb(log), load()])
}

async function serve(context: AppContext, undo: Undo, signal: AbortSignal): Promise<void> {
  const { address } = undo.later(await startApi(context))
  await context.host.start()
  undo.later(await noteAddress(context.config, address))
  say('listening', { address })
  say('next', { address })
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve))
  say('stopping')
}

const addressFile = ({ dataDir }: Config) => join(dataDir, 'address')

/** So that a second demonstration can say where the first one is. */
async function noteAddress(config: Config, address: string): Promise<{ stop(): Promise<void> }> {
  await mkdir(config.dataDir, { recursive: true })
  await writeFile(addressFile(config), address)
  return { stop: async () => await rm(addressFile(config), { force: true }) }
}

async function whereItListens(config: Config): Promise<string> {
  const address = await readFile(addressFile(config), 'utf8').catch(() => null)
  return address === null ? '' : `${address} . `
}
