import type { Governing } from '../approval/governing.ts'
import type { Actor } from '../plugin/route.ts'
import type { MoveRequest } from './moves.ts'
import type { Opened } from './open-entry.ts'

/** A move that is being made, with all that it rests on. */
export interface Movement {
  actor: Actor
  opened: Opened
  request: MoveRequest
  /** null: no regulation says how the entry is approved. */
  governing: Governing | null
  /** Outside of its window, as the regulation allows. */
  late: boolean
  at: Date
}
