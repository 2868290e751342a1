import pg from 'pg'

const { builtins } = pg.types
/** Arrays; pg names only the types of their items. */
const arrays = { int8: 1016, text: 1009, date: 1182, numeric: 1231 }
/** As it is: it takes the number of any type, not only of those it has a name for. */
const getTypeParser = pg.types.getTypeParser as (id: number) => unknown

/**
 * How PostgreSQL's values become JavaScript's: numeric and date stay text, so that no digit and no day is lost; bigint becomes
 * a number; timestamptz a Date; arrays hold the same. Only for pools that are given it: nothing global is changed.
 */
export function createTypeParsers(): pg.TypeOverrides {
  const parsers = new pg.TypeOverrides()
  const parseTextArray = getTypeParser(arrays.text) as (text: string) => (string | null)[]
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
