import type { RightsTable } from '../contract/resources/rights.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { Actor } from '../plugin/route.ts'
import { actions, decide, rights, roles } from './rights.ts'
import type { Action } from './rights.ts'

/** The one table of rights as people read it: by resource, in words, with what the asker may do. */
export function describeRights(actor: Actor, language: Language): RightsTable {
  const resources = [...new Set(actions.map(resourceOf))]
  return {
    roles: [...roles],
    resources: resources.map((id) => ({
      id,
      name: translate(language, `rights.resource.${id}`),
      actions: actions
        .filter((action) => resourceOf(action) === id)
        .map((action) => ({
          id: action,
          name: translate(language, `rights.action.${action}`),
          reach: rights[action],
          mine: [...new Set(decide(actor, action).map(({ reach }) => reach))],
        })),
    })),
  }
}

/** evidence.read is about evidence. */
function resourceOf(action: Action): string {
  return action.slice(0, action.indexOf('.'))
}
