import { checkInput } from '../../core/evidence/check-input.ts'
import type { EvidenceRow } from '../../core/evidence/bulk.ts'
import type { EvidenceKind } from '../../core/plugin/definition.ts'
import type { Entry } from '../evidence/entry.ts'
import type { AccountIds } from './accounts.ts'
import type { PeopleIds } from './people.ts'

/** The kind of evidence that an indicator names; throws if no plugin has it. */
export type FindKind = (indicator: string) => EvidenceKind<never>

/** Every entry of a small university is checked against its kind; of larger ones every hundredth, which finds a slip as surely. */
const checkedWhole = 20_000
const checkedPart = 100

/** Rows as core loads them; throws if an entry is not what its kind of evidence says. */
export function* evidenceRows(
  entries: Iterable<Entry>,
  { findKind, people, accounts }: { findKind: FindKind; people: PeopleIds; accounts: AccountIds },
): Generator<EvidenceRow> {
  let count = 0
  for (const entry of entries) {
    const kind = findKind(entry.indicator)
    if (count++ < checkedWhole || count % checkedPart === 0) checkEntry(kind, entry)
    yield {
      indicator: entry.indicator,
      data: entry.data,
      title: kind.title(entry.data),
      happenedOn: entry.happenedOn,
      identity: kind.identity(entry.data),
      participants: entry.participants.map(({ teacher, ...rest }) => ({
        teacherId: teacher === null ? null : people.firstTeacher + teacher,
        ...rest,
      })),
      state: entry.state,
      createdBy: accounts.firstTeacher + entry.enteredBy,
      at: entry.enteredAt,
      decidedBy: accounts.offices[count % 2]!,
      ...(entry.reason === null ? {} : { reason: entry.reason }),
    }
  }
}

/** What a form would check: data as the schema puts them out, roles, nobody twice, shares of together at most 1. */
export function checkEntry(kind: EvidenceKind<never>, entry: Entry): void {
  const data = kind.schema.parse(entry.data)
  const same = JSON.stringify(data) === JSON.stringify(entry.data)
  const participants = entry.participants.map(({ teacher, ...rest }) => ({ teacherId: teacher, ...rest }))
  const faults = checkInput(kind, { data: entry.data, participants })
  const shared = participants.reduce((sum, { share }) => sum + Math.round(Number(share ?? 0) * 100), 0)
  if (same && faults.length === 0 && shared <= 100) return
  throw new Error(
    `a demonstration entry is not what ${entry.indicator} says: ${JSON.stringify({ entry, data, faults })}`,
  )
}
