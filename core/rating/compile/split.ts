import { sql } from 'kysely'
import type { Split } from '../../contract/regulation/rule.ts'
import { compileFormula } from './formula.ts'
import { decimal, numberOf, quotient } from './value.ts'
import type { Fragment } from './value.ts'

/** The teacher's part of `points` (numeric); quotients carry 12 decimals. null: what the split goes by is unknown. */
export function compileSplit(split: Split, points: Fragment): Fragment {
  switch (split.kind) {
    case 'equal':
      return equalPart(points)
    case 'share':
      return sql`round(${points} * f.share, 12)`
    case 'by-count':
      return byCount(split, points)
    case 'by-role':
      return byRole(split, points)
    case 'by-order':
      return byOrder(split, points)
    case 'formula':
      return sql`${points} * (${compileFormula(split.formula, 'number')})`
  }
}

type SplitOf<K extends Split['kind']> = Extract<Split, { kind: K }>

const equalPart = (points: Fragment): Fragment =>
  sql`case when f.participants = 1 then ${points} else ${quotient(points, sql`f.participants`)} end`

function byCount({ parts, beyond }: SplitOf<'by-count'>, points: Fragment): Fragment {
  const rows = Object.entries(parts).map(
    ([count, part]) => sql`when ${sql.lit(Number(count))} then ${points} * ${decimal(part)}`,
  )
  const rest = beyond === 'equal' ? equalPart(points) : sql`${points} * ${decimal(beyond)}`
  return rows.length === 0 ? rest : sql`case f.participants ${sql.join(rows, sql` `)} else ${rest} end`
}

/** The others are the participants whose role is not a leading one; how many is known where everybody's role is. */
function byRole(split: SplitOf<'by-role'>, points: Fragment): Fragment {
  const { leading, leadingPart, othersPart, othersDivide } = split
  const others = sql`${points} * ${decimal(othersPart)}`
  const leaders = leading.map((role) => sql`coalesce((f.role_counts ->> ${sql.lit(role)})::int, 0)`)
  const known = sql`(select sum(people::int) from jsonb_each_text(f.role_counts) r (role, people))`
  const divided = sql`case when f.participants = 1 then ${others}
    when ${known} = f.participants then ${quotient(others, sql`(f.participants - (${sql.join(leaders, sql` + `)}))`)} end`
  const roles = sql.join(leading.map((role) => sql.lit(role)))
  return sql`case f.role in (${roles}) when true then ${points} * ${decimal(leadingPart)}
    when false then ${othersDivide ? divided : others} end`
}

function byOrder({ parts, beyond }: SplitOf<'by-order'>, points: Fragment): Fragment {
  const rows = parts.map((part, index) => sql`when ${sql.lit(index + 1)} then ${points} * ${decimal(part)}`)
  return sql`case when f.ordinal is not null then
    case f.ordinal ${sql.join(rows, sql` `)} else ${points} * ${decimal(beyond)} end end`
}

/** What is left after the minimum per participant: the points, or 0 where several share too little. null: unknown. */
export function compileMinimum(minimum: NonNullable<Split['minimum']>, points: Fragment): Fragment {
  const value = numberOf(minimum.of)
  return sql`case when f.participants = 1 then ${points}
    when (${points}) is null or (${value}) is null then null
    when (${value}) >= ${decimal(minimum.perParticipant)} * f.participants then ${points}
    else 0::numeric end`
}
