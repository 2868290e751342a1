import { sql } from 'kysely'
import type { RawBuilder, Transaction } from 'kysely'
import type { ExamplePerson } from '../../contract/regulation/amendment.ts'
import type { CoreTables } from '../../database/tables.ts'
import type { Period } from '../../plugin/period.ts'
import { openRows } from '../frozen-rows.ts'
import { daysOf, factOf, postsOf, serviceFrom } from './example-facts.ts'

/** How far back facts of an example may reach. */
const yearsBack = 60

/**
 * Writes people as a snapshot, in the transaction of the caller, who rolls it back. Answers the snapshot's id; the person at
 * index i is the teacher with the id i + 1.
 */
export async function freezeExample(
  trx: Transaction<CoreTables>,
  people: readonly ExamplePerson[],
  period: Period,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select nextval(pg_get_serial_sequence('core.snapshot', 'id')) as id`.execute(trx)
  const { id } = rows[0]!
  const unitIds = await freezeUnits(trx, id, people)
  await freezePeople(trx, id, people, { period, unitIds })
  await openRows(trx, 'snapshot_fact', id)
  await freezeFacts(trx, id, people, period)
  const factsFrom = `${Number(period.from.slice(0, 4)) - yearsBack}${period.from.slice(4)}`
  await sql`insert into core.snapshot (id, period_from, period_to, facts_from, teachers, facts, hash)
    overriding system value values (${id}, ${period.from}, ${period.to}, ${factsFrom}, ${people.length},
      ${people.flatMap(({ facts }) => facts).length}, 'example')`.execute(trx)
  return id
}

/** The university, the faculties and the departments that are named; answers their ids by code. */
async function freezeUnits(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  people: readonly ExamplePerson[],
): Promise<Map<string, number>> {
  const faculties = [...new Set(people.map(({ faculty }) => faculty))]
  const departments = new Map(people.map(({ department, faculty }) => [department, faculty]))
  const codes = ['', ...faculties, ...departments.keys()]
  const ids = new Map(codes.map((code, index) => [code, index + 1]))
  const units = [
    { code: 'university', kind: 'university', parent: null, id: 1 },
    ...faculties.map((code) => ({ code, kind: 'faculty', parent: 1, id: ids.get(code)! })),
    ...[...departments].map(([code, faculty]) => ({
      code,
      kind: 'department',
      parent: ids.get(faculty)!,
      id: ids.get(code)!,
    })),
  ]
  await sql`insert into core.snapshot_unit (snapshot_id, unit_id, parent_id, kind, code, name)
    select ${snapshotId}::bigint, u.id, u.parent, u.kind, u.code, '{}'
    from ${recordset('u', units, sql`id bigint, parent bigint, kind text, code text`)}`.execute(trx)
  return ids
}

async function freezePeople(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  people: readonly ExamplePerson[],
  { period, unitIds }: { period: Period; unitIds: Map<string, number> },
): Promise<void> {
  const teachers = people.map((person, index) => {
    const posts = postsOf(person, period)
    return {
      id: index + 1,
      code: String(index + 1).padStart(6, '0'),
      name: person.name,
      unit: unitIds.get(person.department)!,
      faculty: unitIds.get(person.faculty)!,
      position: person.position ?? posts.at(-1)!.position,
      degree: person.degree,
      rate: person.rate,
      service_from: serviceFrom(person, period),
      leave_days: person.leaveDays,
      field: person.field,
      citizenship: person.citizenship,
      employed_days: posts.reduce(
        (days, { firstDay, lastDay }) => days + daysOf({ from: firstDay, to: lastDay }),
        0,
      ),
    }
  })
  await sql`insert into core.snapshot_teacher (snapshot_id, teacher_id, code, family_name, given_name, unit_id, faculty_id,
      position, degree, rate, service_from, leave_days, field, citizenship, employed_days)
    select ${snapshotId}::bigint, t.id, t.code, t.name, '', t.unit, t.faculty, t.position, t.degree, t.rate, t.service_from,
      t.leave_days, t.field, t.citizenship, t.employed_days
    from ${recordset(
      't',
      teachers,
      sql`id bigint, code text, name text, unit bigint, faculty bigint, position text, degree text, rate numeric,
        service_from date, leave_days int, field text, citizenship text, employed_days int`,
    )}`.execute(trx)
  const posts = people.flatMap((person, index) =>
    postsOf(person, period).map(({ position, rate, firstDay, lastDay }, no) => ({
      teacher: index + 1,
      no: no + 1,
      unit: unitIds.get(person.department)!,
      position,
      rate,
      first_day: firstDay,
      last_day: lastDay,
    })),
  )
  await sql`insert into core.snapshot_post (snapshot_id, teacher_id, post_no, unit_id, position, rate, first_day, last_day)
    select ${snapshotId}::bigint, p.teacher, p.no, p.unit, p.position, p.rate, p.first_day, p.last_day
    from ${recordset('p', posts, sql`teacher bigint, no smallint, unit bigint, position text, rate numeric, first_day date, last_day date`)}`.execute(
    trx,
  )
  const leaders = people.flatMap(({ leads }, index) => {
    const unit = leads === null ? undefined : unitIds.get(leads)
    return unit === undefined ? [] : [{ teacher: index + 1, unit }]
  })
  await sql`insert into core.snapshot_leader (snapshot_id, teacher_id, unit_id)
    select ${snapshotId}::bigint, l.teacher, l.unit from ${recordset('l', leaders, sql`teacher bigint, unit bigint`)}`.execute(
    trx,
  )
}

/** Facts keep the order in which they are written; their evidence has ids below 0, which no real evidence has. */
async function freezeFacts(
  trx: Transaction<CoreTables>,
  snapshotId: number,
  people: readonly ExamplePerson[],
  period: Period,
): Promise<void> {
  const shared = [...new Set(people.flatMap(({ facts }) => facts.flatMap(({ evidence }) => evidence ?? [])))]
  let single = shared.length
  const facts = people.flatMap((person, index) =>
    person.facts.map((fact, no) => ({
      teacher: index + 1,
      no: no + 1,
      evidence: -1 - (fact.evidence === null ? single++ : shared.indexOf(fact.evidence)),
      ...factOf(fact, period),
    })),
  )
  await sql`insert into core.snapshot_fact (snapshot_id, teacher_id, fact_no, indicator, happened_on, quantity, role,
      participants, share, attributes, evidence_id, ordinal, affiliated, role_counts, expert_points)
    select ${snapshotId}::bigint, f.teacher, f.no, f.indicator, f.happened_on, f.quantity, f.role, f.participants, f.share,
      f.attributes, f.evidence, f.ordinal, f.affiliated, f.role_counts,
      f.expert_points
    from ${recordset(
      'f',
      facts,
      sql`teacher bigint, no int, evidence bigint, indicator text, happened_on date, quantity numeric, role text,
        participants smallint, share numeric, attributes jsonb, ordinal smallint, affiliated smallint, role_counts jsonb, expert_points numeric`,
    )}`.execute(trx)
}

function recordset(name: string, rows: readonly object[], columns: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as ${sql.id(name)} (${columns})`
}
