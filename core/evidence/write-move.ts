import type { Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import type { HeldTurn } from '../approval/held-turns.ts'
import { closeTurns, countOpen } from '../approval/write-turns.ts'
import type { StageDecision } from '../contract/regulation/approval.ts'
import type { CoreTables } from '../database/tables.ts'
import { forgetMerging } from './copies/forget-merging.ts'
import { nextStage } from './enter-stage.ts'
import { pointsChange } from './judge-entry.ts'
import { decisionOf, moves } from './moves.ts'
import { notifyOfMove } from './notify-of-move.ts'
import type { Opened } from './open-entry.ts'
import { recordChange } from './record-change.ts'
import type { Change } from './record-change.ts'
import { confirmBySubmitting } from './share-confirmation.ts'
import { touchEntry } from './write-entry.ts'
import type { Movement } from './movement.ts'

type Context = Pick<AppContext, 'jobs' | 'config' | 'now'>

/** Writes a move that was checked: state, turns, history, notices. */
export async function writeMove(
  context: Context,
  trx: Transaction<CoreTables>,
  movement: Movement,
): Promise<void> {
  const decision = decisionOf(movement.request.action)
  if (decision !== null) await decide(trx, movement, decision)
  else if (movement.request.action === 'submit') await submit(trx, movement)
  else await reopen(trx, movement)
  await notifyOfMove(context, trx, movement)
}

async function submit(trx: Transaction<CoreTables>, movement: Movement): Promise<void> {
  const { actor, opened, governing, at } = movement
  const { entry } = opened
  const round = entry.evidence.revision + 1
  await confirmBySubmitting(trx, actor, entry.evidence.id, at)
  const next = await nextStage(trx, { entry, governing, after: null, round, at })
  await writeChange(trx, movement, { approval_version_id: governing?.versionId ?? null })
  await next.write({ accountId: actor.accountId })
}

/** What was merged into another entry stands for itself again. */
async function reopen(trx: Transaction<CoreTables>, movement: Movement): Promise<void> {
  await writeChange(trx, movement, { merged_into: null })
  await forgetMerging(trx, movement.opened.entry.evidence.id)
}

async function decide(
  trx: Transaction<CoreTables>,
  movement: Movement,
  decision: StageDecision,
): Promise<void> {
  const { actor, opened, governing, at } = movement
  const { entry } = opened
  const { id } = entry.evidence
  const held = chosen(opened, decision)
  const [{ turn, forAccountId }] = held
  const by = { accountId: actor.accountId, forAccountId, stage: turn.stage }
  await closeTurns(trx, id, { decision, held, accountId: actor.accountId, at })
  if (decision !== 'pass') {
    await writeChange(trx, movement, {}, by)
    return
  }
  if ((await countOpen(trx, id)) > 0) {
    await writeChange(trx, movement, { state: 'submitted' }, { ...by, action: 'pass' })
    return
  }
  const next = await nextStage(trx, { entry, governing, after: turn.stage, round: turn.round, at })
  if (next.isDone) await writeChange(trx, movement, {}, by)
  else await writeChange(trx, movement, { state: 'submitted' }, { ...by, action: 'pass' })
  await next.write(by)
}

/** The turns that are decided in: for oneself, or for one of those one stands in for, never for several at once. */
function chosen({ rights }: Opened, decision: StageDecision): [HeldTurn, ...HeldTurn[]] {
  const able = rights.held.filter(({ turn }) => turn.may.includes(decision))
  const first = able.find(({ forAccountId }) => forAccountId === null) ?? able[0]
  if (!first) throw new Error(`${decision} was allowed where nobody may`)
  const others = able.filter((one) => one !== first && one.forAccountId === first.forAccountId)
  return [first, ...others]
}

type Columns = Parameters<typeof touchEntry>[2]

/** State and history; what is opened to change again was not what points were given for. */
async function writeChange(
  trx: Transaction<CoreTables>,
  { actor, opened, request, late, at }: Movement,
  columns: Columns,
  details: Partial<Change> = {},
): Promise<void> {
  const { id, state, expert_points: points } = opened.entry.evidence
  const to = columns.state ?? moves[request.action].to
  const isWithdrawn = points !== null && (to === 'draft' || to === 'returned')
  await touchEntry(trx, id, { ...columns, state: to, ...(isWithdrawn ? { expert_points: null } : {}) }, at)
  await recordChange(trx, {
    evidenceId: id,
    accountId: actor.accountId,
    at,
    action: request.action,
    from: state,
    to,
    reason: request.reason || null,
    late,
    ...(isWithdrawn ? pointsChange(points, null) : {}),
    ...details,
  })
}
