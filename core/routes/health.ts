import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { AppContext } from '../app-context.ts'

type State = 'up' | 'down'

/** Whether the parts the product stands on answer: 200 if all do, else 503. Says nothing about how they are reached. */
export function registerHealth(api: FastifyInstance, context: AppContext): void {
  api.get(
    '/health',
    { schema: { summary: 'Whether database, jobs and broker answer', tags: ['health'] } },
    async (_, reply) => {
      const parts = {
        database: await stateOf(async () => await sql`select 1`.execute(context.db)),
        jobs: await stateOf(async () => await context.jobs.getQueues()),
        ...(context.broker ? { broker: await stateOf(async () => await context.broker?.ping()) } : {}),
      }
      const up = Object.values(parts).every((state) => state === 'up')
      return await reply.code(up ? 200 : 503).send({ state: up ? 'up' : 'down', parts })
    },
  )
}

async function stateOf(ask: () => Promise<unknown>): Promise<State> {
  try {
    await withinSeconds(2, ask())
    return 'up'
  } catch {
    // The answer is the state; the reason stands in the log of what failed.
    return 'down'
  }
}

async function withinSeconds(seconds: number, work: Promise<unknown>): Promise<void> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => {
    late.reject(new Error(`no answer within ${seconds} s`))
  }, seconds * 1000)
  await Promise.race([work, late.promise]).finally(() => {
    clearTimeout(timer)
  })
}
