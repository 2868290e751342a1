import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Fault } from '../contract/problem.ts'
import type { CoreTables } from '../database/tables.ts'
import type { Actor } from '../plugin/route.ts'
import { openAndLock, wrongState } from './open-entry.ts'

/** How a participant who is a teacher stands to the agreed share. */
export interface ShareOf {
  teacherId: number
  name: string
  share: string
  /** null: the teacher has not confirmed this share. */
  confirmedAt: string | null
}

/** The agreed shares of an entry with who has confirmed them; participants without a share or from outside are not among them. */
export async function readShares(db: Kysely<CoreTables>, evidenceId: number): Promise<ShareOf[]> {
  const { rows } = await sql<Omit<ShareOf, 'confirmedAt'> & { confirmedAt: Date | null }>`
    select p.teacher_id as "teacherId", p.name, p.share::text as share, c.confirmed_at as "confirmedAt"
    from core.evidence_participant p
    left join lateral (
      select s.confirmed_at from core.share_confirmation s
      where s.evidence_id = p.evidence_id and s.teacher_id = p.teacher_id and s.share = p.share order by s.id desc limit 1
    ) c on true
    where p.evidence_id = ${evidenceId} and p.teacher_id is not null and p.share is not null
    order by p.ordinal`.execute(db)
  return rows.map(({ confirmedAt, ...row }) => ({ ...row, confirmedAt: confirmedAt?.toISOString() ?? null }))
}

/** Shares that nobody may approve yet, because whose they are has not seen them. */
export async function findUnconfirmed(db: Kysely<CoreTables>, evidenceId: number): Promise<Fault[]> {
  const shares = await readShares(db, evidenceId)
  return shares
    .filter(({ confirmedAt }) => confirmedAt === null)
    .map(({ name }) => ({ path: '/participants', code: 'share-unconfirmed', params: { name } }))
}

/** Whoever submits agrees with the own share by that; nothing happens where none is agreed. */
export async function confirmBySubmitting(
  trx: Transaction<CoreTables>,
  actor: Actor,
  evidenceId: number,
  at: Date,
): Promise<void> {
  await sql`insert into core.share_confirmation (evidence_id, teacher_id, share, account_id, confirmed_at)
    select p.evidence_id, p.teacher_id, p.share, ${actor.accountId}, ${at}
    from core.evidence_participant p
    where p.evidence_id = ${evidenceId} and p.teacher_id = ${actor.teacherId}::bigint and p.share is not null`.execute(
    trx,
  )
}

/**
 * A co-author confirms the own share as it was shown. Nobody confirms for another. Throws `evidence-not-found`, `share-not-yours` (403),
 * `share-changed` (409, with the share as it is now), `evidence-state` where nothing is to be approved any more.
 */
export async function confirmShare(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  actor: Actor,
  evidenceId: number,
  share: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { entry } = await openAndLock(trx, actor, evidenceId)
    const own = (await readShares(trx, evidenceId)).find(({ teacherId }) => teacherId === actor.teacherId)
    if (!own) throw new UstazError('share-not-yours', { status: 403 })
    if (entry.evidence.state === 'approved' || entry.evidence.state === 'rejected') throw wrongState(entry, 'confirm') // prettier-ignore
    if (own.confirmedAt !== null) return
    const { rows } = await sql<{
      same: boolean
    }>`select ${share}::numeric = ${own.share}::numeric as same`.execute(trx)
    if (!rows[0]!.same) throw new UstazError('share-changed', { status: 409, params: { share: own.share } })
    await confirmBySubmitting(trx, actor, evidenceId, now())
  })
}
