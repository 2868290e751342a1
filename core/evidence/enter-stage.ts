import type { Transaction } from 'kysely'
import type { Governing } from '../approval/governing.ts'
import { planStage } from '../approval/plan-stage.ts'
import { stagesOf } from '../approval/stages-of.ts'
import { windowsOf } from '../approval/windows.ts'
import { openPlanned } from '../approval/write-turns.ts'
import type { CoreTables } from '../database/tables.ts'
import { teacherIdsOf } from './read-entry.ts'
import type { Entry } from './read-entry.ts'
import { recordChange } from './record-change.ts'
import type { Change } from './record-change.ts'
import { touchEntry } from './write-entry.ts'

export interface Submitted {
  entry: Entry
  /** null: approved in one step. */
  governing: Governing | null
  /** The stage that was passed; null: it was just submitted. */
  after: string | null
  /** Turns of one submission share it. */
  round: number
  at: Date
}

/** What comes next for an entry; `write` makes it so. isDone: no stage is left. */
export async function nextStage(trx: Transaction<CoreTables>, submitted: Submitted) {
  const { entry, governing, after } = submitted
  const { id, indicator } = entry.evidence
  const stages = stagesOf(governing?.approval ?? null, indicator)
  const plan = await planStage(trx, { id, indicator, teacherIds: teacherIdsOf(entry) }, { stages, after })
  return {
    isDone: plan.next === null,
    /** Records the stages that are skipped in the name of whoever brought the entry so far. */
    write: async (by: Pick<Change, 'accountId' | 'forAccountId'>) => {
      for (const stage of plan.skipped) await recordSkip(trx, submitted, { ...by, stage: stage.id })
      if (plan.next) await openPlanned(trx, plan.next, { evidenceId: id, ...timesOf(submitted) })
    },
  }
}

async function recordSkip(
  trx: Transaction<CoreTables>,
  { entry, at }: Submitted,
  by: Pick<Change, 'accountId' | 'forAccountId' | 'stage'>,
): Promise<void> {
  const { id } = entry.evidence
  await touchEntry(trx, id, {}, at)
  await recordChange(trx, { ...by, evidenceId: id, at, action: 'skip', from: 'submitted', to: 'submitted' })
}

function timesOf({ entry, governing, round, at }: Submitted) {
  const { happened_on: day } = entry.evidence
  const closesOn = governing && day !== null ? windowsOf(governing, day).decidesUntil : null
  return { round, at, closesOn }
}
