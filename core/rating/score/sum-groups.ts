import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { CoreTables } from '../../database/tables.ts'
import { compileLimits } from '../compile/limits.ts'
import { numberCriteria } from '../compile/layers.ts'
import type { Fragment } from '../compile/value.ts'

type Group = RegulationDocument['groups'][number]
export interface NumberedGroup {
  no: number
  group: Group
  /** Numbers of its criteria. */
  criteria: number[]
  areaNo: number
  /** Numbers of groups that lie wholly within it: what they cut or add is part of its sum. */
  holds: number[]
  /** 0: holds no group; else one more than the highest of those it holds. */
  level: number
}

/**
 * Fills `rating_group` (teacher_id, group_no, area_no, matches, raw, points): a row for each group of which a teacher has a
 * counted fact; made only for a document with groups. Of two groups that share criteria one holds the other.
 */
export async function sumGroups(trx: Transaction<CoreTables>, document: RegulationDocument): Promise<void> {
  const groups = numberGroups(document)
  if (groups.length === 0) return
  const rows = groups.map(
    ({ no, areaNo }) =>
      sql`(${no}::smallint, ${areaNo}::smallint, ${column('m', no)}, ${column('r', no)}, ${column('p', no)})`,
  )
  await sql`create temporary table rating_group on commit drop as
    select g.teacher_id, v.group_no, v.area_no, v.matches, v.raw, v.points
    from (${pointsOf(groups)}) g
    cross join lateral (values ${sql.join(rows)}) v (group_no, area_no, matches, raw, points)
    where v.matches > 0`.execute(trx)
}

/** Criteria that an amendment annulled are passed over, and groups of which none is left. */
export function numberGroups(document: RegulationDocument): NumberedGroup[] {
  const criteria = new Map(numberCriteria(document).map((item) => [item.criterion.id, item]))
  const areas = document.areas.map(({ id }) => id)
  const numbered: NumberedGroup[] = []
  document.groups.forEach((group, index) => {
    const members = group.criteria.flatMap((id) => criteria.get(id) ?? [])
    const inner = numbered.filter((other) => other.group.criteria.every((id) => group.criteria.includes(id)))
    if (members.length === 0) return
    numbered.push({
      no: index + 1,
      group,
      criteria: members.map(({ no }) => no),
      areaNo: areas.indexOf(members[0]!.criterion.area) + 1,
      holds: inner.map(({ no }) => no),
      level: Math.max(0, ...inner.map(({ level }) => level + 1)),
    })
  })
  return numbered
}

/** One row a teacher: matches m, sum r and limited points p of every group. */
function pointsOf(groups: readonly NumberedGroup[]): Fragment {
  const all = [...new Set(groups.flatMap(({ criteria }) => criteria))]
  const sums = groups.map(({ no, criteria }) => {
    const own = sql`filter (where s.no in (${sql.join(criteria.map((number) => sql.lit(number)))}))`
    return sql`coalesce(sum(s.matches) ${own}, 0) as ${column('m', no)}, coalesce(sum(s.capped) ${own}, 0) as ${column('s', no)}`
  })
  let query = sql`select s.teacher_id, ${sql.join(sums)} from rating_sum s
    where s.no in (${sql.join(all.map((number) => sql.lit(number)))}) group by s.teacher_id`
  for (let level = 0; level <= Math.max(...groups.map((group) => group.level)); level++) {
    query = limitLevel(query, groups.filter((group) => group.level === level)) // prettier-ignore
  }
  return query
}

function limitLevel(query: Fragment, groups: readonly NumberedGroup[]): Fragment {
  const raw = groups.map(({ no, holds }) => {
    const changes = holds.map((inner) => sql` + ${column('p', inner)} - ${column('r', inner)}`)
    return sql`${column('s', no)} ${sql.join(changes, sql``)} as ${column('r', no)}`
  })
  const points = groups.map(
    ({ no, group }) =>
      sql`${compileLimits(sql`${column('r', no)}`, group, sql`${column('m', no)} > 0`)} as ${column('p', no)}`,
  )
  return sql`select x.*, ${sql.join(points)} from (select x.*, ${sql.join(raw)} from (${query}) x offset 0) x`
}

const column = (name: string, no: number) => sql.ref(`${name}${no}`)
