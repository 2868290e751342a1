import type { Kysely } from 'kysely'
import type { EvidenceInput, Participant } from '../contract/resources/evidence.ts'
import { UstazError } from '../contract/problem.ts'
import type { Fault } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { EvidenceKind } from '../plugin/definition.ts'
import { identityOf, titleOf } from './ask-kind.ts'
import { checkData } from './check-data.ts'
import { checkInput } from './check-input.ts'
import { findTeacherNames } from '../people/teacher-names.ts'
import { wrongFaults } from './data-faults.ts'

/** An input as it is written: checked, with what its kind says about it. */
export interface Prepared {
  indicator: string
  data: Record<string, unknown>
  title: string
  identity: string | null
  happenedOn: string | null
  participants: readonly Participant[]
}

/** Checks an input as a draft; with faults it must not be written. `unknownTeachers` says the rest. */
export function prepareInput(
  kind: EvidenceKind<never>,
  input: EvidenceInput,
): { prepared: Prepared; faults: Fault[] } {
  const { indicator, happenedOn, participants } = input
  const checked = checkData(kind.schema, input.data)
  const faults = [...wrongFaults(checked), ...checkInput(kind, { data: checked.data, participants })]
  const title = titleOf(kind, checked)
  const identity = identityOf(kind, checked)
  return { prepared: { indicator, data: checked.data, title, identity, happenedOn, participants }, faults }
}

/** The ids, among those these participants name, that teachers have. */
export async function knownTeachers(
  db: Kysely<CoreTables>,
  participants: readonly Participant[],
): Promise<ReadonlySet<number>> {
  const ids = participants.flatMap(({ teacherId }) => teacherId ?? [])
  const teachers = await findTeacherNames(db, ids)
  return new Set(teachers.map(({ id }) => id))
}

/** Participants who are said to be teachers and are not. */
export function unknownTeachers(participants: readonly Participant[], known: ReadonlySet<number>): Fault[] {
  return participants.flatMap(({ teacherId }, i) =>
    teacherId === null || known.has(teacherId)
      ? []
      : [{ path: `/participants/${i}/teacherId`, code: 'teacher-unknown', params: { teacher: teacherId } }],
  )
}

/** Checks one input in full and answers it ready to be written; throws `evidence-invalid`. */
export async function prepareChecked(
  db: Kysely<CoreTables>,
  kind: EvidenceKind<never>,
  input: EvidenceInput,
): Promise<Prepared> {
  const { prepared, faults } = prepareInput(kind, input)
  refuseFaults([
    ...faults,
    ...unknownTeachers(input.participants, await knownTeachers(db, input.participants)),
  ])
  return prepared
}

/** Throws `evidence-invalid` if there is any fault. */
export function refuseFaults(issues: readonly Fault[]): void {
  if (issues.length > 0) throw new UstazError('evidence-invalid', { status: 400, issues })
}
