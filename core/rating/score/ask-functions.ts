import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import { UstazError } from '../../contract/problem.ts'
import type { CoreTables } from '../../database/tables.ts'
import { all, compileCondition } from '../compile/condition.ts'
import { factRows } from '../compile/fact-rows.ts'
import { keyOf, questionOf } from '../compile/functions.ts'
import type { FunctionUse } from '../compile/functions.ts'
import type { NumberedCriterion } from '../compile/layers.ts'
import type { RatingPlan } from '../compile/plan.ts'
import { figureName, figureValues, takenTogether } from '../compile/together.ts'
import { rowValues } from '../compile/value.ts'
import type { Fragment, Values } from '../compile/value.ts'

/** Questions that are in memory at once. */
const pageSize = 5000

/**
 * Fills `rating_answer` (use, key, points): what the plugins' functions give for each distinct set of values of the facts that the
 * criteria count. Throws `function-failed` where one breaks or answers no number.
 */
export async function askAboutFacts(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  if (plan.functions.length === 0) return
  await sql`create temporary table rating_answer (use smallint, key text, points numeric, primary key (use, key))
    on commit drop`.execute(trx)
  for (const use of plan.functions) {
    const criteria = plan.criteria.filter((item) => !takenTogether(item) && isUsedBy(use, item, plan))
    for (const { criterion } of criteria) {
      const counted = all([
        sql`f.indicator = ${sql.lit(criterion.indicator)}`,
        ...criterion.where.map(compileCondition),
      ])
      const rows = sql`(${factRows(plan, criterion.whose)}) f where ${counted}`
      await ask(trx, use, { rows, values: rowValues })
    }
  }
  await sql`analyze rating_answer`.execute(trx)
}

/** The same for rules that are applied once to a figure of many facts, which stand in `rating_figure`. */
export async function askAboutFigures(trx: Transaction<CoreTables>, plan: RatingPlan): Promise<void> {
  for (const use of plan.functions) {
    const criteria = plan.criteria.filter((item) => takenTogether(item) && item.criterion.points === use.rule)
    for (const { no, criterion } of criteria) {
      const values = figureValues(figureName(criterion, plan.answers))
      await ask(trx, use, { rows: sql`rating_figure f where f.no = ${sql.lit(no)}`, values })
    }
  }
}

function isUsedBy(
  { rule }: FunctionUse,
  { criterion }: NumberedCriterion,
  { document }: RatingPlan,
): boolean {
  const factors = document.coefficients.filter(({ id }) => criterion.factors.includes(id))
  return criterion.points === rule || factors.some((coefficient) => coefficient.rule === rule)
}

/** Asks about the rows f (with their `from` and `where`) what has not been asked yet. */
async function ask(
  trx: Transaction<CoreTables>,
  use: FunctionUse,
  { rows, values }: { rows: Fragment; values: Values },
): Promise<void> {
  await sql`create temporary table rating_question on commit drop as
    select distinct on (q.key) q.key, q.question
    from (select ${keyOf(use, values)} as key, ${questionOf(use, values)} as question from ${rows}) q
    where not exists (select from rating_answer a where a.use = ${sql.lit(use.no)} and a.key = q.key)
    order by q.key`.execute(trx)
  let last = ''
  for (;;) {
    const { rows: page } = await sql<{ key: string; question: unknown }>`
      select key, question from rating_question where key > ${last} order by key limit ${pageSize}`.execute(
      trx,
    )
    if (page.length === 0) break
    last = page.at(-1)!.key
    const answers = page.map(({ question }) => answerOf(use, question))
    await sql`insert into rating_answer (use, key, points)
      select ${sql.lit(use.no)}, key, points
      from unnest(${page.map(({ key }) => key)}::text[], ${answers}::numeric[]) a (key, points)`.execute(trx)
  }
  await sql`drop table rating_question`.execute(trx)
}

/** An exact decimal; null: a value is unknown or of the wrong kind, or the function cannot tell. */
function answerOf({ rule, definition, params }: FunctionUse, question: unknown): string | null {
  const values = definition.values.safeParse(question)
  if (!values.success) return null
  try {
    return toDecimal(definition.points({ params, values: values.data }))
  } catch (cause) {
    throw new UstazError('function-failed', { status: 500, params: { function: rule.use }, cause })
  }
}

/** What a function answered as an exact decimal. Throws where it is none. */
export function toDecimal(answer: string | number | null): string | null {
  if (answer === null) return null
  const text = typeof answer === 'number' ? answer.toFixed(12) : answer
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new TypeError(`${text} is no decimal number`)
  return text
}
