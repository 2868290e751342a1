import type { RouteResponse } from '@ustaz/core/contract'
import type { commitImport } from '../contract.ts'

/** What became of one work that was to be entered, with its title for the list. */
export type Outcome = RouteResponse<typeof commitImport>['outcomes'][number] & { title: string }
