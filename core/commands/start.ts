import { hasAdministrator } from '../access/accounts.ts'
import { deleteOldGuesses } from '../access/guesses.ts'
import { startResetWorker } from '../access/reset-by-mail.ts'
import { startSealing } from '../audit/start-sealing.ts'
import { readHead } from '../audit/verify-chain.ts'
import { buildApp } from '../app.ts'
import type { AppContext } from '../app-context.ts'
import { findCopies } from '../evidence/copies/find-copies.ts'
import { remindOfAppeals } from '../appeals/appeal-reminders.ts'
import { sendReminders } from '../approval/reminders.ts'
import type { Config } from '../config.ts'
import { deleteUnusedFiles } from '../evidence/delete-unused-files.ts'
import { sendRunFinished, startPluginJobs } from '../jobs/plugin-jobs.ts'
import { startNightly } from '../jobs/start-nightly.ts'
import { deleteOldMail, startMailWorker } from '../mail/mail-worker.ts'
import { deleteOldAccesses } from '../privacy/keep-logs.ts'
import { startCertaintyWorker } from '../rating/certainty/run/certainty-worker.ts'
import { startRunWorker } from '../rating/run-worker.ts'
import { coreRoutes } from '../routes/index.ts'
import { buildWeb } from './build-web.ts'
import { createLog } from './command-log.ts'
import { listen } from './listen.ts'
import { openContext } from './open-context.ts'
import { openPatiently } from './open-patiently.ts'
import type { Part } from './read-arguments.ts'
import { say } from './speak.ts'
import { createUndo } from './undo.ts'
import { untilSignal } from './until-signal.ts'

export interface StartOptions {
  /** null: everything in this one process. */
  only: Part | null
  /** Of the HTTP server; null: as the settings say. */
  port: number | null
}

/** Runs the product until it is told to stop. */
export async function start(settings: Config, { only, port }: StartOptions): Promise<void> {
  const config = { ...settings, port: port ?? settings.port }
  const log = createLog(config.logLevel)
  const told = untilSignal()
  const undo = createUndo()
  await undo.onFailure(async () => {
    const patience = { signal: told.signal, onWait: warnOfWait(log) }
    const { context } = undo.later(await openPatiently(async () => await openContext(config, log), patience))
    if (!(await hasAdministrator(context.db))) say('no-administrator')
    const does = (part: Part) => only === null || only === part
    undo.later(startSealing(context))
    if (does('worker')) await startWorker(context)
    if (does('api')) say('listening', { address: undo.later(await startApi(context)).address })
    await context.host.start()
    if (does('ingest')) await context.host.startIngest()
    if (!does('api')) say('working')
    say('stopping', { signal: await told.name })
  })
  await undo.run()
}

function warnOfWait({ warn }: AppContext['log']) {
  return (reason: string, seconds: number) =>
    warn(`the database does not answer yet (${reason}): next attempt in ${seconds} s`)
}

/** Takes jobs from now on; they end with their queue. */
export async function startWorker(context: AppContext): Promise<void> {
  const { db, jobs, host, log } = context
  await startRunWorker({
    db,
    jobs,
    sources: host,
    log,
    onOfficial: async (trx, runId) => await sendRunFinished(trx, jobs, host, runId),
  })
  await startCertaintyWorker({ db, jobs, sources: host, log })
  await startMailWorker(context)
  await startResetWorker(context)
  await startPluginJobs(jobs, host)
  await startNightly(jobs, {
    'approval-reminders': async () => await sendReminders(context),
    'appeal-reminders': async () => await remindOfAppeals(context),
    'evidence-copies': async (signal) => {
      const count = await findCopies(context, signal)
      if (count > 0) log.info(`${count} pairs of evidence with one title, or a near one, are compared`)
    },
    'mail-old': async () => await deleteOldMail(context),
    'access-old-guesses': async () => {
      await deleteOldGuesses(db, context.now())
    },
    'evidence-unused-files': async () => {
      const count = await deleteUnusedFiles(context)
      if (count > 0) log.info(`${count} files that no evidence names are deleted`)
    },
    'data-access-old': async () => {
      const count = await deleteOldAccesses(db)
      if (count > 0) log.info(`${count} readings of personal data, older than three years, are forgotten`)
    },
    'audit-head': async () => {
      const head = await readHead(db)
      if (head) log.info(`audit log: link ${head.position}, hash ${head.hash}`)
    },
  })
}

/** Serves API and web; answers where. */
export async function startApi(context: AppContext): Promise<{ address: string; stop(): Promise<void> }> {
  const app = await buildApp(context, { routes: coreRoutes, webFolder: await buildWeb(context.log) })
  const address = await listen(app, context.config)
  return { address, stop: async () => await app.close() }
}
