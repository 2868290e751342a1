import type { Governing } from '../approval/governing.ts'
import type { Actor } from '../plugin/route.ts'
import type { MoveRequest } from './moves.ts'
import type { Opened } from './open-entry.ts'

export interface Movement {
  actor: Actor
  opened: Opened
  request: MoveRequest
  governing: Governing | null
  /** Outside of its window, as the regulation allows. */
  late: boolean
  at: Date
}
