import type { PluginContext, RecordToJudge } from '@ustaz/core/plugin'
import type { ForecastTables } from '../tables.ts'
import type { Remark } from './contract.ts'
import { fieldsOf, textOf } from './entry-text.ts'
import type { FieldsOfKind } from './entry-text.ts'
import { fieldTask } from './labelled-by.ts'
import { numberOf } from './learn-all.ts'
import { readTasks, readUsual } from './store.ts'
import type { UsualRow } from './store.ts'
import { confidenceOf, suggest } from './suggest.ts'
import { isUnusual } from './unusual.ts'

type Context = PluginContext<ForecastTables>

/** A choice is remarked on where it has less than this, and another is suggested. */
const improbable = 0.05

/** What whoever verifies an entry should look at: numbers far from the usual, and choices that others would have made differently. */
export async function remarksOn(context: Context, entry: RecordToJudge): Promise<Remark[]> {
  const kind = context.records.listKinds().find(({ indicator }) => indicator === entry.indicator)
  if (!kind) return []
  const fields = fieldsOf(kind.schema)
  const usual = await readUsual(context.db, entry.indicator)
  return [...remarksOnNumbers(entry, fields, usual), ...(await remarksOnChoices(context, entry, fields))]
}

function remarksOnNumbers(
  entry: RecordToJudge,
  { numbers }: FieldsOfKind,
  usual: readonly UsualRow[],
): Remark[] {
  const given: { what: 'number' | 'participants' | 'year'; field: string | null; value: number | null }[] = [
    ...numbers.map((field) => ({ what: 'number' as const, field, value: numberOf(entry.data[field]) })),
    { what: 'participants', field: null, value: entry.participants },
    { what: 'year', field: null, value: entry.mostInYear },
  ]
  return given.flatMap(({ what, field, value }) => {
    const known = usual.find((row) => row.what === (field === null ? what : `data/${field}`))
    if (!known || value === null || !isUnusual(value, known)) return []
    // Few entries of one teacher, or few people, are nothing to look into.
    if (field === null && value < known.low) return []
    return [{ what, field, value, low: known.low, high: known.high, count: known.count }]
  })
}

async function remarksOnChoices(
  { db }: Context,
  { indicator, data }: RecordToJudge,
  fields: FieldsOfKind,
): Promise<Remark[]> {
  const text = textOf(data, fields)
  const tasks = await readTasks(
    db,
    fields.choices.map((field) => fieldTask(indicator, field)),
  )
  return fields.choices.flatMap((field): Remark[] => {
    const task = tasks.get(fieldTask(indicator, field))
    const value = data[field]
    if (!task || typeof value !== 'string') return []
    const likelier = suggest(task, text)
    const confidence = confidenceOf(task, text, value)
    if (!likelier || likelier.value === value || confidence === null || confidence >= improbable) return []
    const { value: other, ...reasoned } = likelier
    return [{ what: 'choice', field, value, likelier: other, ...reasoned }]
  })
}
