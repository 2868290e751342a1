import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CoreTables } from '../../database/tables.ts'
import { copyTask } from '../../contract/resources/evidence-copies.ts'
import type { EvidenceKind } from '../../plugin/definition.ts'
import type { HostedMatching, MatchExample } from '../../plugin/matching-access.ts'
import type { PluginHost } from '../../plugins/host.ts'
import { identityOf, titleOf } from '../ask-kind.ts'
import { checkData } from '../check-data.ts'
import { asTheyWere } from './as-they-were.ts'
import type { Undoable } from './as-they-were.ts'
import { featuresOf, likenessFeatures, likenessOf } from './likeness.ts'
import type { Compared } from './likeness.ts'

/** What was decided longer ago says little of what is decided now. */
const mostDecisions = 10_000

/** Whether two entries with one title, or a near one, are one work, as people decided of pairs: each is a question with one candidate. */
export function copyMatching(db: Kysely<CoreTables>, host: PluginHost): HostedMatching {
  return {
    id: copyTask,
    features: likenessFeatures,
    async examples(signal) {
      const rows = await readDecided(db)
      signal.throwIfAborted()
      return rows.map((row): MatchExample => {
        const kind = host.evidenceKind(row.indicator)
        const [first, second] = [before(kind, row.first), before(kind, row.second)]
        const features = featuresOf(likenessOf(kind, first, second), first, second)
        return { key: String(row.id), candidates: [{ features, right: row.isOne }] }
      })
    },
  }
}

type Stored = Omit<Compared, 'teacherIds'> & { participants: (number | null)[]; changes: Undoable[] }
interface DecidedRow {
  id: number
  indicator: string
  isOne: boolean
  first: Stored
  second: Stored
}

/** As a person saw it: what was changed by the decision and after it is taken back. */
function before(kind: EvidenceKind<never> | null, { changes, participants, ...entry }: Stored): Compared {
  const was = asTheyWere({ ...entry, teacherIds: participants }, changes)
  const checked = kind && checkData(kind.schema, was.data)
  const [title, identity] =
    kind && checked ? [titleOf(kind, checked), identityOf(kind, checked)] : [entry.title, entry.identity]
  const teacherIds = was.teacherIds.filter((id) => id !== null)
  return { title, data: was.data, happenedOn: was.happenedOn, identity, teacherIds }
}

async function readDecided(db: Kysely<CoreTables>): Promise<DecidedRow[]> {
  const entry = (id: string) => sql`(
    select jsonb_build_object('title', e.title, 'data', e.data, 'happenedOn', e.happened_on, 'identity', e.identity,
      'participants', (select coalesce(jsonb_agg(p.teacher_id order by p.ordinal), '[]') from core.evidence_participant p
        where p.evidence_id = e.id),
      'changes', (select coalesce(jsonb_agg(jsonb_build_object('before', h.before, 'after', h.after) order by h.id desc), '[]')
        from core.evidence_change h where h.evidence_id = e.id and h.changed_at >= c.decided_at and h.after is not null))
    from core.evidence e where e.id = ${sql.ref(id)})`
  const { rows } = await sql<DecidedRow>`
    select c.id, a.indicator, c.decision = 'merged' as "isOne", ${entry('c.first_id')} as first, ${entry('c.second_id')} as second
    from core.evidence_copy c join core.evidence a on a.id = c.first_id
    where c.decision is not null order by c.id desc limit ${mostDecisions}`.execute(db)
  return rows
}
