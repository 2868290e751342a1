import type { EvidenceState } from '../../core/contract/resources/evidence.ts'
import type { Member, Scene } from './activity.ts'
import { fullName } from '../people/names.ts'
import type { Random } from '../random.ts'

/** One entry of evidence, with teachers by number. */
export interface Entry {
  /** plugin.kind */
  indicator: string
  data: Record<string, unknown>
  happenedOn: string
  participants: readonly EntryParticipant[]
  state: EvidenceState
  /** Number of the teacher who entered it. */
  enteredBy: number
  enteredAt: Date
  /** Why it was returned or rejected. */
  reason: string | null
}
export interface EntryParticipant {
  /** Number of the teacher; null: somebody from outside. */
  teacher: number | null
  name: string
  role: string | null
  share: string | null
  affiliated: boolean
}

export function participantsOf(
  { random, team }: Pick<Scene, 'random' | 'team'>,
  {
    roles,
    shares = 0,
  }: { roles?: readonly [lead: string, other: string] | undefined; shares?: number | undefined },
): EntryParticipant[] {
  const agreed = team.length > 1 && random.chance(shares) ? agreeOnShares(random, team.length) : null
  return team.map((member, i) => ({
    teacher: member.teacher?.number ?? null,
    name: member.teacher ? fullName(member.name) : `${member.name.family} ${member.name.given}`,
    role: roles?.[member.kind === 'lead' ? 0 : 1] ?? null,
    share: agreed?.[i] ?? null,
    affiliated: isOurs(member),
  }))
}

/** Students publish in the name of the university too. */
function isOurs({ kind }: Member): boolean {
  return kind !== 'outsider' && kind !== 'foreigner'
}

/** In hundredths, all together 1: equal, or a double part for the first; what remains of a division is the first's. */
function agreeOnShares(random: Random, people: number): string[] {
  const parts = people + (random.chance(0.6) ? 1 : 0)
  const other = Math.floor(100 / parts)
  const first = 100 - other * (people - 1)
  return Array.from({ length: people }, (_, i) => `0.${String(i === 0 ? first : other).padStart(2, '0')}`)
}
