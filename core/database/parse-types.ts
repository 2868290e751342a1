import pg from 'pg'

const { builtins } = pg.types
type TypeId = (typeof builtins)[keyof typeof builtins]
/** Arrays; pg names only the types of their items. */
const arrays = { int8: 1016 as TypeId, text: 1009 as TypeId, date: 1182 as TypeId, numeric: 1231 as TypeId }

/**
 * How PostgreSQL's values become JavaScript's: numeric and date stay text, so that no digit and no day is lost; bigint becomes
 * a number; timestamptz a Date; arrays hold the same. Only for pools that are given it: nothing global is changed.
 */
export function createTypeParsers(): pg.TypeOverrides {
  const parsers = new pg.TypeOverrides()
  const parseTextArray = pg.types.getTypeParser(arrays.text) as (text: string) => (string | null)[]
  parsers.setTypeParser(builtins.NUMERIC, keepText)
  parsers.setTypeParser(builtins.DATE, keepText)
  parsers.setTypeParser(builtins.INT8, toSafeNumber)
  parsers.setTypeParser(arrays.numeric, parseTextArray)
  parsers.setTypeParser(arrays.date, parseTextArray)
  parsers.setTypeParser(arrays.int8, (text: string) =>
    parseTextArray(text).map((item) => (item === null ? null : toSafeNumber(item))),
  )
  return parsers
}

function keepText(text: string): string {
  return text
}

/** Ids and counts stay below 2^53; anything beyond fails the query instead of losing digits. */
function toSafeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isSafeInteger(number)) {
    throw new RangeError(`${text} is too large for an exact number: select it as text`)
  }
  return number
}
