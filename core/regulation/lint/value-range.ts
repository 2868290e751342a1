import type { JsonSchema, SuppliedIndicator } from '../check/supply.ts'
import { schemaOfValue } from '../check/values.ts'

/** What a number can be, both ends inclusive; whole: only whole numbers. */
export interface NumberRange {
  min: number
  max: number
  whole: boolean
}

const everything: NumberRange = { min: -Infinity, max: Infinity, whole: false }

/** Range of a value of the indicator's facts; everything where nothing is said. */
export function rangeOfValue(indicator: SuppliedIndicator, name: string): NumberRange {
  switch (name) {
    case 'quantity':
      return indicator.source === 'evidence' ? { min: 1, max: 1, whole: true } : everything
    case 'participants':
    case 'affiliated':
    case 'ordinal':
      return { min: 1, max: indicator.participants === 'one' ? 1 : Infinity, whole: true }
    case 'share':
      return { min: 0, max: 1, whole: false }
    case 'age':
    case 'teacher.serviceYears':
    case 'teacher.leaveDays':
    case 'teacher.employedDays':
      return { min: 0, max: Infinity, whole: true }
    case 'teacher.rate':
      return { min: 0, max: Infinity, whole: false }
    default: {
      const schema = schemaOfValue(indicator, name)
      return schema ? rangeOfSchema(schema) : everything
    }
  }
}

/** Whole numbers that JavaScript can still count are how a schema says "no limit". */
const limit = Number.MAX_SAFE_INTEGER

function rangeOfSchema(schema: JsonSchema): NumberRange {
  const whole = [schema['type']].flat().includes('integer')
  const of = (key: string) => (typeof schema[key] === 'number' ? schema[key] : null)
  const step = whole ? 1 : 0
  const min = of('minimum') ?? (of('exclusiveMinimum') === null ? -limit : of('exclusiveMinimum')! + step)
  const max = of('maximum') ?? (of('exclusiveMaximum') === null ? limit : of('exclusiveMaximum')! - step)
  return { min: min <= -limit ? -Infinity : min, max: max >= limit ? Infinity : max, whole }
}
