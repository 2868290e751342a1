import { UstazError } from '@ustaz/core/contract'
import type { PluginContext } from '@ustaz/core/plugin'
import type { SurveyTables } from '../tables.ts'
import { createBatches } from './batches.ts'
import { storeAnswers } from './store-answers.ts'
import type { Outcome, SentAnswer } from './store-answers.ts'

type Context = Pick<PluginContext<SurveyTables>, 'db' | 'now'>

/** Answers in one transaction at most. */
const largestBatch = 500

const receivers = new WeakMap<Context, (sent: SentAnswer) => Promise<Outcome>>()

const refusals: Readonly<Record<Exclude<Outcome, 'received'>, [string, number]>> = {
  used: ['surveys.link-used', 409],
  early: ['surveys.not-open', 425],
  over: ['surveys.over', 410],
  unknown: ['surveys.link-unknown', 404],
  invalid: ['surveys.answer-invalid', 400],
}

/**
 * Takes one answer in, together with those that come at the same time. Resolves when it is committed. Throws `surveys.link-used`,
 * `surveys.not-open`, `surveys.over`, `surveys.link-unknown`, `surveys.answer-invalid`; whatever else fails may be tried again as it is.
 */
export async function receiveAnswer(context: Context, sent: SentAnswer): Promise<void> {
  let receive = receivers.get(context)
  if (!receive) {
    const work = async (all: readonly SentAnswer[]) => await storeAnswers(context.db, all, context.now())
    receive = createBatches(work, largestBatch)
    receivers.set(context, receive)
  }
  const outcome = await receive(sent)
  if (outcome === 'received') return
  const [code, status] = refusals[outcome]
  throw new UstazError(code, { status })
}
