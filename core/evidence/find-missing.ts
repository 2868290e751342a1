import type { Fault } from '../contract/problem.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import { checkData } from './check-data.ts'
import { gapFaults, wrongFaults } from './data-faults.ts'
import type { Entry } from './read-entry.ts'

/**
 * What stands in the way of submitting an entry, with pointers into the input; empty: nothing. kind null: the plugin is not
 * there, so nobody can say.
 */
export function findMissing(kind: EvidenceKind<never> | null, entry: Entry): Fault[] {
  if (!kind)
    return [
      { path: '/indicator', code: 'indicator-not-found', params: { indicator: entry.evidence.indicator } },
    ]
  const checked = checkData(kind.schema, entry.evidence.data)
  return [
    ...wrongFaults(checked),
    ...gapFaults(checked),
    ...(entry.evidence.happened_on === null ? [absent('/happenedOn', 'date-missing')] : []),
    ...(kind.files.required && entry.files.length === 0 ? [absent('/files', 'file-missing')] : []),
    ...findMissingOfParticipants(kind, entry),
  ]
}

function findMissingOfParticipants(
  kind: EvidenceKind<never>,
  { participants, sharesAboveOne }: Entry,
): Fault[] {
  const isTeacher = (participant: Entry['participants'][number]) => participant.teacher_id !== null
  const demandsRole = kind.roles.length > 0
  return [
    ...(participants.some(isTeacher) ? [] : [absent('/participants', 'teacher-missing')]),
    ...(sharesAboveOne ? [absent('/participants', 'shares-above-one')] : []),
    ...participants.flatMap((participant, i): Fault[] =>
      demandsRole && isTeacher(participant) && participant.role === null
        ? [{ path: `/participants/${i}/role`, code: 'role-missing', params: { name: participant.name } }]
        : [],
    ),
  ]
}

const absent = (path: string, code: string): Fault => ({ path, code, params: {} })
