import { sql } from 'kysely'
import type { Insertable, Kysely, Transaction } from 'kysely'
import type { z } from 'zod'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { fileAppeal as fileAppealRoute } from '../contract/resources/appeals.ts'
import type { AppealTable } from '../database/tables/appeals.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { daysAfter, dayOf } from '../publication/appeal-days.ts'
import { readCurrent } from '../publication/read-publication.ts'
import { findReadableRun } from '../rating/results/find-run.ts'
import type { FinishedRun } from '../rating/results/find-run.ts'
import { titlesOf } from '../rating/results/teacher-result.ts'
import { recordChange } from './record-change.ts'
import { tellOfFiling } from './tell-of-appeal.ts'

type Input = z.output<(typeof fileAppealRoute)['body']>
type Subject = Pick<AppealTable, 'line_no' | 'evidence_id' | 'clause'>

/**
 * Files an appeal of the asking teacher against the own published result; answers its id. Throws what reading the run throws,
 * `appeal-none` (no appeal is provided for), `appeal-closed` (final or replaced), `appeal-late` (with the last day), `appeal-subject`
 * (no such line, evidence or clause of the own), `appeal-twice`.
 */
export async function fileAppeal(
  context: Pick<AppContext, 'db' | 'jobs' | 'config' | 'now'>,
  actor: Actor,
  { runId, input, at }: { runId: number; input: Input; at: Date },
): Promise<number> {
  const { db } = context
  const { teacherId, accountId } = actor
  if (teacherId === null) throw noSubject()
  const run = await findReadableRun(db, runId, { all: false, unitIds: [], teacherId })
  const answerUntil = await checkOpen(db, runId, dayOf(at))
  const subject = await findSubject(db, run, teacherId, input)
  const { reason } = input
  return await db.transaction().execute(async (trx) => {
    const appealId = await insert(trx, {
      run_id: runId,
      teacher_id: teacherId,
      subject: input.subject,
      ...subject,
      reason,
      filed_by: accountId,
      filed_at: at,
      answer_until: answerUntil,
    })
    await recordChange(trx, { appealId, accountId, at, action: 'file', reason })
    await tellOfFiling(context, trx, { appealId, until: answerUntil })
    return appealId
  })
}

/** The last day for an answer. */
async function checkOpen(db: Kysely<CoreTables>, runId: number, today: string): Promise<string> {
  const current = await readCurrent(db, runId)
  if (current?.state !== 'preliminary') throw new UstazError('appeal-closed', { status: 409 })
  const { appealsUntil, answerDays } = current
  if (appealsUntil === null || answerDays === null) throw new UstazError('appeal-none', { status: 409 })
  if (today > appealsUntil)
    throw new UstazError('appeal-late', { status: 409, params: { day: appealsUntil } })
  return daysAfter(appealsUntil, answerDays)
}

async function findSubject(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  teacherId: number,
  input: Input,
): Promise<Subject> {
  if (input.subject === 'line') return await findLine(db, run, teacherId, input.lineNo)
  const { clause } = input
  if (clause !== null && !titlesOf(run.document).has(clause)) throw noSubject()
  const evidenceId = input.subject === 'evidence' ? input.evidenceId : null
  const { rows } = await (evidenceId === null
    ? sql`select from core.run_teacher where run_id = ${run.id} and teacher_id = ${teacherId}`.execute(db)
    : sql`select from core.evidence e
        join core.evidence_participant p on p.evidence_id = e.id and p.teacher_id = ${teacherId}
        where e.id = ${evidenceId} and e.state = 'approved'`.execute(db))
  if (rows.length === 0) throw noSubject()
  return { line_no: null, evidence_id: evidenceId, clause }
}

async function findLine(
  db: Kysely<CoreTables>,
  run: FinishedRun,
  teacherId: number,
  lineNo: number,
): Promise<Subject> {
  const { rows } = await sql<Subject>`
    select l.line_no, l.clause, f.evidence_id from core.run_line l
    left join core.snapshot_fact f on f.snapshot_id = ${run.snapshotId} and f.fact_no = l.fact_no
      and f.teacher_id = coalesce(l.fact_teacher_id, l.teacher_id)
    where l.run_id = ${run.id} and l.teacher_id = ${teacherId} and l.line_no = ${lineNo}`.execute(db)
  if (!rows[0]) throw noSubject()
  return rows[0]
}

const noSubject = () => new UstazError('appeal-subject', { status: 422 })

async function insert(trx: Transaction<CoreTables>, row: Insertable<AppealTable>): Promise<number> {
  const inserted = await trx
    .insertInto('appeal')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) throw new UstazError('appeal-twice', { status: 409 })
  return inserted.id
}
