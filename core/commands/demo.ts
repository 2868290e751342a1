import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../app-context.ts'
import type { Config } from '../config.ts'
import { UstazError } from '../contract/problem.ts'
import { dropSchemas } from '../database/drop-schemas.ts'
import { createLog } from './command-log.ts'
import { finishRuns, requestRuns } from './demo-runs.ts'
import type { RunsWanted } from './demo-runs.ts'
import { openContext } from './open-context.ts'
import { printRanking } from './print-ranking.ts'
import { say } from './speak.ts'
import { startApi, startWorker } from './start.ts'
import { createUndo } from './undo.ts'
import { untilSignal } from './until-signal.ts'

export interface DemoOptions {
  /** Forget all data first; only of the embedded database. */
  fresh: boolean
  /** How large the demonstration university is; null: as large as core/demo makes it. */
  teachers: number | null
  /** null: as the settings say. */
  port: number | null
}

/** Enters the demonstration university and its regulation where they are not there yet; answers what is to be rated. */
export type LoadDemo = (context: AppContext, options: { teachers: number | null }) => Promise<RunsWanted>

/** Shows the whole product on generated data: loads, rates, serves, prints where and who leads. Runs until it is told to stop. */
export async function demo(settings: Config, options: DemoOptions, load: LoadDemo): Promise<void> {
  const config = { ...settings, port: options.port ?? settings.port }
  if (options.fresh && config.databaseUrl !== null) throw new UstazError('demo-fresh-foreign')
  const log = createLog(config.logLevel)
  const undo = createUndo()
  await undo.onFailure(async () => {
    const prepare = options.fresh ? forgetAll(config) : undefined
    const { context } = undo.later(await openContext(config, log, prepare))
    say('demo-loading')
    const wanted = await load(context, { teachers: options.teachers })
    const { address } = undo.later(await startApi(context))
    await startWorker(context)
    await context.host.start()
    const runs = await finishRuns(context, await requestRuns(context, wanted))
    await printRanking(context.db, runs)
    say('listening', { address })
    const signal = await untilSignal()
    say('stopping', { signal })
  })
  await undo.run()
}

/** While nothing but the database server runs. */
function forgetAll(config: Config) {
  return async (databaseUrl: string) => {
    say('demo-fresh', { folder: config.dataDir })
    await dropSchemas(databaseUrl)
    await rm(join(config.dataDir, 'files'), { recursive: true, force: true })
  }
}
