import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Actor } from '../plugin/route.ts'
import { moveEntry } from './move-entry.ts'

type Context = Pick<AppContext, 'db' | 'host' | 'now' | 'jobs' | 'config'>

/**
 * Passes on many entries, each in a transaction of its own by the one way an entry moves, so that what is refused holds up nothing
 * else. Answers for each, in order, the problem; null: done.
 */
export async function approveMany(
  context: Context,
  actor: Actor,
  { items, reason }: { items: readonly { id: number; revision: number }[]; reason: string | null },
): Promise<{ id: number; problem: UstazError | null }[]> {
  const outcomes: { id: number; problem: UstazError | null }[] = []
  for (const { id, revision } of items) {
    const problem = await refusalOf(async () => {
      await moveEntry(context, actor, id, { action: 'approve', reason, revision })
    })
    outcomes.push({ id, problem })
  }
  return outcomes
}

async function refusalOf(work: () => Promise<void>): Promise<UstazError | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof UstazError) return error
    throw error
  }
}
