import { UstazError } from '../contract/problem.ts'
import type { Lateness } from '../contract/regulation/approval.ts'
import type { Governing } from './governing.ts'
import { windowsOf } from './windows.ts'

interface Asked {
  /** entering: something new is submitted; deciding: anything that is submitted already, returned or approved. */
  window: 'entering' | 'deciding'
  /** Day of what was done. */
  happenedOn: string
  at: Date
  /** Of whoever asks, those of whom they stand in for among them. */
  roles: readonly string[]
  reason: string | null
}

/**
 * Whether it happens late, which the regulation allows with a reason to some; false: in time. Throws `window-not-open`,
 * `window-closed`, `approval-closed` (409), `late-reason-missing` (422).
 */
export function checkWindow(governing: Governing | null, asked: Asked): boolean {
  if (!governing?.approval) return false
  const today = asked.at.toISOString().slice(0, 10)
  const { opens, closes, decidesUntil } = windowsOf(governing, asked.happenedOn)
  const { entering, approving } = governing.approval
  if (decidesUntil !== null && today > decidesUntil)
    return allowLate(approving, asked, { code: 'approval-closed', day: decidesUntil })
  if (asked.window === 'deciding') return false
  if (opens !== null && today < opens)
    throw new UstazError('window-not-open', { status: 409, params: { day: opens } })
  if (closes !== null && today > closes)
    return allowLate(entering, asked, { code: 'window-closed', day: closes })
  return false
}

function allowLate(
  lateness: Lateness | null,
  { roles, reason }: Asked,
  { code, day }: { code: 'approval-closed' | 'window-closed'; day: string },
): true {
  const mayBeLate = lateness?.late === 'with-reason' && lateness.lateBy.some((role) => roles.includes(role))
  if (!mayBeLate) throw closed(code, day)
  if (!reason) throw new UstazError('late-reason-missing', { status: 422, params: { day } })
  return true
}

function closed(code: 'approval-closed' | 'window-closed', day: string): UstazError {
  return code === 'approval-closed'
    ? new UstazError('approval-closed', { status: 409, params: { day } })
    : new UstazError('window-closed', { status: 409, params: { day } })
}
