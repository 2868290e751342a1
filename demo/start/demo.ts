import { join } from 'node:path'
import { isLocalName } from '../../core/local-name.ts'
import type { AppContext } from '../../core/app-context.ts'
import { startSealing } from '../../core/audit/start-sealing.ts'
import { buildWeb } from '../../core/commands/build-web.ts'
import { startWorker } from '../../core/commands/start.ts'
import { createUndo } from '../../core/commands/undo.ts'
import type { Undo } from '../../core/commands/undo.ts'
import type { Config } from '../../core/config.ts'
import { UstazError } from '../../core/contract/problem.ts'
import { findCopies } from '../../core/evidence/copies/find-copies.ts'
import { readOfficeAccounts } from './accounts.ts'
import { explainFullDisk } from './full-disk.ts'
import { loadDemo } from './load-demo.ts'
import { openDemo } from './open-demo.ts'
import type { DemoOptions } from './options.ts'
import { passStages } from './pass-stages.ts'
import { printTop } from './print-top.ts'
import { rateYears } from './rate-years.ts'
import { say } from './say.ts'
import { serve } from './serve.ts'

const usual = { seed: 'samal', teachers: 300 }

/** Shows the whole product on generated data: loads, rates, prints who leads, and serves until `signal` says to stop. */
export async function runDemo(settings: Config, options: DemoOptions, signal: AbortSignal): Promise<void> {
  const config = configOf(settings, options)
  if (config.databaseUrl === null) say('preparing', { folder: config.dataDir })
  else say('preparing-own')
  const undo = createUndo()
  try {
    await undo.onFailure(async () => {
      await show(config, options, { undo, signal })
    })
  } catch (error) {
    const teachers = options.teachers ?? usual.teachers
    throw await explainFullDisk(error, { dataDir: config.dataDir, teachers })
  }
  await undo.run()
}

/**
 * The demonstration has a folder of its own, beside the data of `npm start`, and whoever opens it may sign in as anybody by one
 * click. Throws `demo.not-local` where others could open it.
 */
function configOf(settings: Config, { port }: DemoOptions): Config {
  const { host, publicUrl, dataDir } = settings
  if (!isLocalName(host) || !isLocalName(new URL(publicUrl).hostname)) {
    throw new UstazError('demo.not-local', { params: { host } })
  }
  const logLevel = settings.logLevel === 'info' ? 'warn' : settings.logLevel
  const own = { port: port ?? settings.port, logLevel, dataDir: join(dataDir, 'demo'), demoSignIn: true }
  return { ...settings, ...own }
}

async function show(
  config: Config,
  options: DemoOptions,
  { undo, signal }: { undo: Undo; signal: AbortSignal },
): Promise<void> {
  const { context, found } = await openDemo(config, options, undo)
  const wanted = { seed: options.seed ?? usual.seed, teachers: options.teachers ?? usual.teachers }
  await withWeb(context, options, async () => {
    await loadDemo(context, { found, wanted, signal })
  })
  undo.later(startSealing(context))
  await startWorker(context)
  const runs = await rateYears(context, await readOfficeAccounts(context.db), signal)
  await passStages(context, wanted.seed, signal)
  await findCopies(context)
  const newest = runs.at(-1)
  if (newest) await printTop(context.db, newest)
  if (!options.once) await serve(context, undo, signal)
}

/** Builds the web, if it has to be, while the data are loaded. */
async function withWeb({ log }: AppContext, { once }: DemoOptions, load: () => Promise<void>): Promise<void> {
  await Promise.all([once ? null : buildWeb(log), load()])
}
