import type { AppContext } from '../app-context.ts'
import * as contract from '../contract/resources/evidence-copies.ts'
import { judgePairs } from '../evidence/copies/judge-pairs.ts'
import { listCopies } from '../evidence/copies/list-copies.ts'
import { keepApart, keepable, mergeCopies } from '../evidence/copies/merge-copies.ts'
import { copyNotFound, openCopy } from '../evidence/copies/open-copy.ts'
import { uniteParticipants } from '../evidence/copies/unite-participants.ts'
import { matchingAccess } from '../evidence/matching-access.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { answerEntry } from './evidence.ts'

export const evidenceCopyRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listCopies, async (request, context: AppContext) => {
    return await listCopies(context, request, request.query)
  }),
  handleRoute(contract.getCopy, async (request, context: AppContext) => {
    const { copy, ...entries } = await openCopy(context.db, request, request.params.id)
    const first = await answerEntry(context, request, copy.first_id)
    const second = await answerEntry(context, request, copy.second_id)
    const likeness = (await judgePairs(context, [copy.id])).get(copy.id)
    if (!likeness) throw copyNotFound(copy.id)
    return {
      id: copy.id,
      likeness,
      evidenceIds: [first.id, second.id],
      first,
      second,
      keepable: keepable(entries.first, entries.second),
      united: {
        first: uniteParticipants(first.participants, second.participants),
        second: uniteParticipants(second.participants, first.participants),
      },
    }
  }),
  handleRoute(contract.mergeCopies, async (request, context: AppContext) => {
    const { keptId, revisions, reason, ...input } = request.body
    const order = { keptId, revisions, reason, input }
    const evidenceId = await mergeCopies(context, request, request.params.id, order)
    await countAnswer(context, 'taken')
    return { evidenceId }
  }),
  handleRoute(contract.keepCopiesApart, async (request, context: AppContext) => {
    await keepApart(context, request, request.params.id, request.body.reason)
    await countAnswer(context, 'declined')
    return { done: true as const }
  }),
]

/** Pairs are suggestions: how many of those that were looked at were taken is counted like that of all others. */
async function countAnswer({ db, host }: AppContext, answer: 'taken' | 'declined'): Promise<void> {
  await matchingAccess(db, host).count({ task: contract.copyTask, answer, count: 1 })
}
