import type { EvidenceInput, Participant } from '../contract/resources/evidence.ts'
import type { Fault } from '../contract/problem.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import { pointerTo } from '../messages/zod-fault.ts'

type Kind = Pick<EvidenceKind<never>, 'participants' | 'roles'>

/** What no entry may hold, not even a draft, apart from what the kind's schema says about the data. */
export function checkInput(kind: Kind, input: Pick<EvidenceInput, 'data' | 'participants'>): Fault[] {
  const { data, participants } = input
  return [
    ...findUnstorable({ data, participants }),
    ...(kind.participants === 'one' && participants.length > 1
      ? [{ path: '/participants', code: 'participants-too-many', params: { count: participants.length } }]
      : []),
    ...findTwice(participants),
    ...participants.flatMap(({ role }, i) => checkRole(kind, role, `/participants/${i}/role`)),
  ]
}

/** The role must be one of the kind's; null (not said yet) is no fault. */
export function checkRole(kind: Pick<Kind, 'roles'>, role: string | null, path: string): Fault[] {
  if (role === null || kind.roles.includes(role)) return []
  return [{ path, code: 'role-unknown', params: { role, roles: [...kind.roles] } }]
}

function findTwice(participants: readonly Participant[]): Fault[] {
  const first = new Map<number, number>()
  return participants.flatMap(({ teacherId, name }, i): Fault[] => {
    if (teacherId === null) return []
    if (first.has(teacherId)) {
      return [{ path: `/participants/${i}/teacherId`, code: 'participant-twice', params: { name } }]
    }
    first.set(teacherId, i)
    return []
  })
}

/** PostgreSQL keeps no zero character and no half of a surrogate pair. */
export function findUnstorable(value: unknown, path: readonly string[] = []): Fault[] {
  if (typeof value === 'string') {
    const storable = value.isWellFormed() && !value.includes('\0')
    return storable ? [] : [{ path: pointerTo(path), code: 'text-unstorable', params: {} }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, part]) => [
    ...findUnstorable(key, path),
    ...findUnstorable(part, [...path, key]),
  ])
}
