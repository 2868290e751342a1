import type { AppContext } from '../app-context.ts'
import * as contract from '../contract/resources/evidence-copies.ts'
import { listCopies } from '../evidence/copies/list-copies.ts'
import { keepApart, keepable, mergeCopies } from '../evidence/copies/merge-copies.ts'
import { openCopy } from '../evidence/copies/open-copy.ts'
import { uniteParticipants } from '../evidence/copies/unite-participants.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { answerEntry } from './evidence.ts'

export const evidenceCopyRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listCopies, async (request, { db }: AppContext) => {
    return await listCopies(db, request, request.query)
  }),
  handleRoute(contract.getCopy, async (request, context: AppContext) => {
    const { copy, ...entries } = await openCopy(context.db, request, request.params.id)
    const first = await answerEntry(context, request, copy.first_id)
    const second = await answerEntry(context, request, copy.second_id)
    return {
      id: copy.id,
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
    return { evidenceId: await mergeCopies(context, request, request.params.id, order) }
  }),
  handleRoute(contract.keepCopiesApart, async (request, context: AppContext) => {
    await keepApart(context, request, request.params.id, request.body.reason)
    return { done: true as const }
  }),
]
