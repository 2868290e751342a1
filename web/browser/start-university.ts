import { createTestApp, createTestUniversity, startPluginJobs } from '@ustaz/core/testing'
import type { BrokerAddress } from '@ustaz/core/plugin'
import type { TestApp, TestUniversity } from '@ustaz/core/testing'
import { buildApp } from '../../core/app.ts'
import { buildWeb } from '../../core/commands/build-web.ts'
import type { Config } from '../../core/config.ts'
import { coreRoutes } from '../../core/routes/index.ts'
import { loadListedPlugins } from '../../core/plugins/plugin-list.ts'

export interface RunningUniversity extends TestUniversity {
  /** http://127.0.0.1:<port> */
  address: string
  context: TestApp['context']
  /** Brings a draft of a regulation in and answers its id. */
  draft(document: Record<string, unknown>): Promise<number>
  /** An account that no teacher has; answers its id. */
  addAccount(name: string, role: string): Promise<number>
  /** The same, put in force without anybody looking at it. */
  inForce(document: Record<string, unknown>): Promise<number>
  /** Ends the server and all its connections, and starts it anew at the same address. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/**
 * The whole product in this process, with the small university of tests: for what needs no years of evidence. `settings`: what is
 * other than in the demonstration; `now`: a clock, where time must go on;
 * `broker`: of the sensors, absent: there is none.
 */
export async function startUniversity(
  change: { settings?: Partial<Config>; now?: () => Date; broker?: BrokerAddress } = {},
): Promise<RunningUniversity> {
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const webFolder = await buildWeb(quiet)
  const now = new Date().toISOString()
  const settings = { demoSignIn: true, ...change.settings }
  const found = await loadListedPlugins()
  const server = await createTestApp({
    found,
    webFolder,
    now: change.now ?? now,
    settings,
    ...(change.broker && { broker: change.broker }),
  })
  const university = await createTestUniversity(server.context.db)
  await startPluginJobs(server.context.jobs, server.context.host)
  const address = await server.app.listen({ host: '127.0.0.1', port: 0 })
  let { app } = server
  const restart = async () => {
    await app.close()
    app = await buildApp(server.context, { routes: coreRoutes, webFolder })
    await app.listen({ host: '127.0.0.1', port: Number(new URL(address).port) })
  }
  const stop = async () => {
    await app.close()
    await server.close()
  }
  const draft = async (document: Record<string, unknown>) => {
    const body = new FormData()
    body.append('file', new Blob([JSON.stringify(document)]), 'draft.json')
    const headers = { 'x-ustaz-account': String(university.accounts.office) }
    const response = await fetch(`${address}/api/regulations`, { method: 'POST', body, headers })
    if (!response.ok) throw new Error(await response.text())
    return ((await response.json()) as { id: number }).id
  }
  const addAccount = async (name: string, role: string) => {
    const { db } = server.context
    const row = { name, teacher_id: null }
    const { id } = await db.insertInto('account').values(row).returning('id').executeTakeFirstOrThrow()
    await db.insertInto('account_role').values({ account_id: id, role, unit_id: null }).execute()
    return id
  }
  const inForce = async (document: Record<string, unknown>) => {
    const id = await draft(document)
    const approved = {
      state: 'approved',
      approved_by: university.accounts.management,
      approved_at: now,
    } as const
    await server.context.db.updateTable('regulation_version').set(approved).where('id', '=', id).execute()
    return id
  }
  return { ...university, address, context: server.context, draft, addAccount, inForce, restart, stop }
}
