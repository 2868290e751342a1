import { UstazError } from '@ustaz/core/contract'
import type { Page } from '@ustaz/core/contract'
import type { Actor } from '@ustaz/core/plugin'
import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { Remark } from '../contract.ts'
import type { Words } from '../questions/question.ts'
import type { SurveyTables } from '../tables.ts'

type Database = Kysely<SurveyTables>

const leading = ['head', 'dean', 'teacher']

/** Who teaches or leads teachers reviews nothing, whatever other role the account has. Throws `surveys.reviewer-concerned` (403). */
function refuseConcerned({ roles, teacherId }: Actor): void {
  if (teacherId === null && !roles.some(({ role }) => leading.includes(role))) return
  throw new UstazError('surveys.reviewer-concerned', { status: 403 })
}

/** What nobody has decided about, in the random order of ids. */
export async function listRemarks(
  db: Database,
  actor: Actor,
  { page, pageSize }: { page: number; pageSize: number },
): Promise<Page<Remark>> {
  refuseConcerned(actor)
  const items = await readRemarks(
    db,
    sql`r.state = 'waiting' order by r.id limit ${pageSize} offset ${(page - 1) * pageSize}`,
  )
  const { total } = await db
    .selectFrom('remark')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .where('state', '=', 'waiting')
    .executeTakeFirstOrThrow()
  return { items, total, page, pageSize }
}

/** Once; the text takes the place of the one that was written. Throws `surveys.remark-not-found` (404), `surveys.reviewer-concerned`. */
export async function decideRemark(
  db: Database,
  id: string,
  { actor, at, decision, text }: { actor: Actor; at: Date; decision: 'shown' | 'withheld'; text: string },
): Promise<Remark> {
  refuseConcerned(actor)
  const body = decision === 'shown' ? text : ''
  const changed = await db
    .updateTable('remark')
    .set({ state: decision, body, decided_by: actor.accountId, decided_at: at })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .returning('id')
    .executeTakeFirst()
  if (!changed) throw new UstazError('surveys.remark-not-found', { status: 404 })
  const [remark] = await readRemarks(db, sql`r.id = ${id}`)
  return remark!
}

async function readRemarks(db: Database, where: RawBuilder<unknown>): Promise<Remark[]> {
  const { rows } = await sql<Remark>`
    select r.id, c.title as campaign, ${questionText} as question, r.body as text, r.state
    from plugin_surveys.remark r join plugin_surveys.campaign c on c.id = r.campaign_id
    join plugin_surveys.questionnaire_version v on v.id = c.version_id
    where ${where}`.execute(db)
  return rows
}

const questionText = sql`(select q->'text' from jsonb_array_elements(v.questions) q where q->>'id' = r.question)`

/** What a teacher may read of one campaign, in random order. */
export async function listOwnRemarks(
  db: Database,
  campaignId: number,
  teacherId: number | null,
): Promise<{ question: Words; text: string }[]> {
  const { rows } = await sql<{ question: Words; text: string }>`
    select ${questionText} as question, r.body as text
    from plugin_surveys.remark r join plugin_surveys.campaign c on c.id = r.campaign_id
    join plugin_surveys.questionnaire_version v on v.id = c.version_id
    where r.campaign_id = ${campaignId} and r.teacher_id = ${teacherId} and r.state = 'shown' order by r.question, r.id`.execute(
    db,
  )
  return rows
}
