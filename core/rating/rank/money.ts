import { sql } from 'kysely'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Money } from '../../contract/regulation/result.ts'
import { decimal } from '../compile/value.ts'
import type { Query } from '../query.ts'
import { hasEffect, unmet } from './judged.ts'

/**
 * Teachers with their bands and `money`: what the result is worth, rounded last. null: nothing is due (not ranked, an unmet requirement) or it
 * cannot be told, which `no_rate` says: the position has no rate or is unknown.
 */
export function paid(document: RegulationDocument, snapshotId: number, teachers: Query): Query {
  const { money } = document
  if (money === null)
    return sql`select b.*, null::numeric as money, false as no_rate, null::text as position from (${teachers}) b`
  const refused = hasEffect(document, 'no-money')
  const due = refused
    ? sql`b.status = 'ranked' and b.teacher_id not in (select teacher_id from (${unmet('no-money')}) u)`
    : sql`b.status = 'ranked'`
  const people = sql`select b.*, ${due} as is_due, t.position from (${teachers}) b
    join core.snapshot_teacher t on t.snapshot_id = ${snapshotId} and t.teacher_id = b.teacher_id`
  const amount = amountOf(money)
  const noRate = money.kind === 'base' ? sql`b.is_due and ${rateOf(money)} is null` : sql`false`
  return sql`select b.*, case when b.is_due then ${amount} end as money, ${noRate} as no_rate from (${people}) b`
}

function amountOf(money: Money): Query {
  switch (money.kind) {
    case 'base': {
      const whole = sql`${decimal(money.base)} * ${rateOf(money)} * greatest(b.total, 0)`
      const amount = sql`(${whole} + 0.00000000000000000000000000) / (100 * ${decimal(money.per)})`
      const capped = money.cap === null ? amount : sql`least(${amount}, ${decimal(money.cap)})`
      // least passes over what is unknown: without a rate there is no amount.
      return sql`case when ${rateOf(money)} is not null then round(${capped}, ${sql.lit(money.digits)}::int) end`
    }
    case 'fund': {
      const shared = sql`sum(b.total) filter (where b.is_due and b.total > 0) over ()`
      const unit = decimal(`1${'0'.repeat(money.digits)}`)
      return sql`case when b.total > 0
        then round(div(${decimal(money.amount)} * b.total * ${unit}, ${shared}) / ${unit}, ${sql.lit(money.digits)}::int) else 0 end`
    }
    case 'bands': {
      const rows = Object.entries(money.byBand).map(
        ([band, amount]) => sql`when ${sql.lit(band)} then ${decimal(amount)}`,
      )
      return rows.length === 0
        ? sql`null::numeric`
        : sql`round(case b.band ${sql.join(rows, sql` `)} end, ${sql.lit(money.digits)}::int)`
    }
  }
}

function rateOf({ rates }: Extract<Money, { kind: 'base' }>): Query {
  const rows = Object.entries(rates).map(
    ([position, rate]) => sql`when ${sql.lit(position)} then ${decimal(rate)}`,
  )
  return rows.length === 0 ? sql`null::numeric` : sql`case b.position ${sql.join(rows, sql` `)} end`
}
