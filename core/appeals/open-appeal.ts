import type { Kysely, Selectable, Transaction } from 'kysely'
import { findScope } from '../access/scope.ts'
import { UstazError } from '../contract/problem.ts'
import type { AppealState } from '../contract/resources/appeals.ts'
import type { AppealTable } from '../database/tables/appeals.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'

export type Step = 'attach' | 'withdraw' | 'assign' | 'answer'
export interface OpenAppeal {
  appeal: Selectable<AppealTable>
  /** Steps the actor may take in its state. */
  actions: Step[]
}

/** In which states a step may be taken. */
const states: Record<Step, readonly AppealState[]> = {
  attach: ['filed', 'in-review'],
  withdraw: ['filed', 'in-review'],
  assign: ['filed', 'in-review'],
  answer: ['in-review'],
}
const steps = Object.keys(states) as Step[]

/**
 * An appeal for whoever may see it: the appellant, its reviewer, and who may read all. Throws `appeal-not-found` (404), also for what
 * exists and is none of the actor's business.
 */
export async function openAppeal(
  db: Kysely<CoreTables>,
  actor: Actor,
  id: number,
  how: 'free' | 'lock' = 'free',
): Promise<OpenAppeal> {
  const appeal = await db
    .selectFrom('appeal')
    .selectAll()
    .where('id', '=', id)
    .$if(how === 'lock', (query) => query.forUpdate())
    .executeTakeFirst()
  if (!appeal) throw notFound(id)
  const may = async (action: Parameters<typeof findScope>[2]) => (await findScope(db, actor, action)) !== null
  const isOwn = actor.teacherId === appeal.teacher_id
  const isReviewer = appeal.reviewer_id === actor.accountId
  if (!isOwn && !isReviewer && !(await may('appeal.read'))) throw notFound(id)
  const files = isOwn && (await may('appeal.file'))
  const allowed: Record<Step, boolean> = {
    attach: files,
    withdraw: files,
    assign: await may('appeal.assign'),
    answer: isReviewer && (await may('appeal.review')),
  }
  return { appeal, actions: steps.filter((step) => allowed[step] && states[step].includes(appeal.state)) }
}

/** The same, locked, for a step; throws also `appeal-not-allowed` (403), `appeal-state` (409). */
export async function openForStep(
  trx: Transaction<CoreTables>,
  actor: Actor,
  id: number,
  step: Step,
): Promise<Selectable<AppealTable>> {
  const { appeal, actions } = await openAppeal(trx, actor, id, 'lock')
  if (actions.includes(step)) return appeal
  const isOver = !states[step].includes(appeal.state)
  throw new UstazError(isOver ? 'appeal-state' : 'appeal-not-allowed', {
    status: isOver ? 409 : 403,
    params: { state: appeal.state },
  })
}

const notFound = (id: number) => new UstazError('appeal-not-found', { status: 404, params: { appeal: id } })
