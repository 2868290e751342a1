import { quantities } from '@ustaz/devices'
import type { MinuteCount } from './counts.ts'

/** People for whom there is no seat, as a share of the seats and at least so many: they stand, or are counted twice. */
const standing = { share: 0.5, atLeast: 10 }

/** More than this are not in a room with so many seats (null: not known how many), and whoever counts them counts wrongly. */
export function mostPeople(capacity: number | null): number {
  if (capacity === null) return quantities.people.max
  return capacity + Math.max(standing.atLeast, Math.ceil(capacity * standing.share))
}

/** A count; null, not known, where it says more people than can be in the room, or its error alone (two standard deviations) does. */
export function believe(count: { people: number; error: number }, most: number): MinuteCount {
  return count.people <= most && 2 * count.error <= most ? { people: count.people, error: count.error } : null
}
