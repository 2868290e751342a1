import type { RouteRequest } from '@ustaz/core/contract'
import { UstazError } from '@ustaz/core/contract'
import type { Actor, PluginContext, WeighedRegulation } from '@ustaz/core/plugin'
import { compareAreas } from '../answer/areas.ts'
import type { saveWeighting as route } from '../contract.ts'
import type { ExpertTables } from '../tables.ts'
import type { ConsultationRow } from './read-consultation.ts'
import { findConsultation, readSheets } from './read-consultation.ts'
import { recordChange } from './record-change.ts'
import { stateOf } from './state.ts'
import { weightingOf } from './weighting-of.ts'

type Context = PluginContext<ExpertTables>
type Wish = RouteRequest<typeof route>['body']

/**
 * Makes the submitted answers of a closed consultation the weighting of a draft. Areas that came or went since then are refused
 * (`expert.areas-changed`): nobody compared them as they are now. Areas that only bear another title are refused until somebody
 * says that they mean the same (`expert.areas-renamed`). Throws also `expert.consultation-not-found`, `expert.consultation-open`,
 * `expert.nobody-answered`, `expert.draft-missing`, and what core refuses (`regulation-changed`, `regulation-version-used`, ...).
 */
export async function saveWeighting(context: Context, actor: Actor, id: number, wish: Wish): Promise<void> {
  const { db, regulations, now } = context
  const row = await findConsultation(db, id)
  const at = now()
  if (stateOf(row, at) !== 'closed') throw new UstazError('expert.consultation-open', { status: 409 })
  const sheets = (await readSheets(db, id)).filter(({ submitted_at }) => submitted_at !== null)
  if (sheets.length === 0) throw new UstazError('expert.nobody-answered', { status: 409 })
  const draft = await regulations.find(actor, wish.versionId)
  if (draft === null) throw new UstazError('expert.draft-missing', { status: 409 })
  refuseOtherAreas(row, draft, wish)
  const { hash, reason } = wish
  await regulations.setWeighting(actor, draft.id, { weighting: weightingOf(row, sheets), hash, reason })
  const change = { consultationId: id, actor, at, action: 'save-weighting', reason } as const
  await db.transaction().execute(async (trx) => {
    await recordChange(trx, { ...change, regulationVersion: `${draft.code} ${draft.version}` })
  })
}

function refuseOtherAreas(row: ConsultationRow, draft: WeighedRegulation, { acceptsRenamed }: Wish): void {
  const { added, removed, renamed } = compareAreas(row.areas, draft.areas)
  if (added.length + removed.length > 0)
    throw new UstazError('expert.areas-changed', {
      status: 409,
      params: { added: added.length > 0 ? added : null, removed: removed.length > 0 ? removed : null },
    })
  if (renamed.length > 0 && !acceptsRenamed) {
    const params = { areas: renamed.map((area) => area.id) }
    throw new UstazError('expert.areas-renamed', { status: 409, params })
  }
}
