import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AppContext } from '../../core/app-context.ts'
import { startApi } from '../../core/commands/start.ts'
import type { Undo } from '../../core/commands/undo.ts'
import { playDay } from '../classroom/play-day.ts'
import { say } from './say.ts'

/** Serves the dashboard, says where, and returns when the signal comes. */
export async function serve(context: AppContext, undo: Undo, signal: AbortSignal): Promise<void> {
  const { address } = undo.later(await startApi(context))
  await context.host.start()
  undo.later(await noteAddress(context.config.dataDir, address))
  say('listening', { address })
  say('next', { address })
  await context.host.startIngest()
  undo.later(await playDay(context))
  if (!signal.aborted) {
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve)
    })
  }
  say('stopping')
}

const fileIn = (dataDir: string) => join(dataDir, 'address')

/** So that a second demonstration can say where the first one is. */
async function noteAddress(dataDir: string, address: string): Promise<{ stop(): Promise<void> }> {
  await mkdir(dataDir, { recursive: true })
  await writeFile(fileIn(dataDir), address)
  return {
    stop: async () => {
      await rm(fileIn(dataDir), { force: true })
    },
  }
}

/** Where the demonstration on these data can be opened; null: it has not said so yet. */
export async function readAddress(dataDir: string): Promise<string | null> {
  return await readFile(fileIn(dataDir), 'utf8').catch(() => null)
}
