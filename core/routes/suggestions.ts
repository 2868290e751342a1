import type { AppContext } from '../app-context.ts'
import { answerSuggestion } from '../contract/resources/suggestions.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { matchingAccess } from '../evidence/matching-access.ts'

export const suggestionRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(answerSuggestion, async ({ body }, { db, host }: AppContext) => {
    await matchingAccess(db, host).count(body)
    return undefined
  }),
]
