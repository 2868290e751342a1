import { readFileSync } from 'node:fs'
import { CsvError, parse } from 'csv-parse/sync'

/** A series as it is given: what is learned from, and what it is judged by. */
export interface GivenSeries {
  id: string
  /** Oldest first, at least one value; periods that are missing in between are on the line from neighbour to neighbour. */
  past: Float64Array
  /** By step from 1 after the newest known value; NaN: not given. At least one is. */
  future: Float64Array
}
export interface GivenSet {
  series: GivenSeries[]
  /** Periods of training parts that were missing. */
  filled: number
  /** Steps up to the horizon that have no value to be judged by. */
  unjudged: number
}

const columns = ['series_id', 'set', 't', 'value'] as const
type Row = Record<(typeof columns)[number], string>

interface Point {
  line: number
  t: number
  /** NaN: not known. */
  value: number
}
interface Parts {
  id: string
  /** First line that names the series. */
  line: number
  train: Point[]
  test: Point[]
}

/**
 * Reads series_id, period, set, t, value (other columns are ignored, rows may come in any order, an empty value is not known). Throws an
 * Error that names file, line and what to do.
 */
export function readSeries(file: string, horizon: number): GivenSet {
  const all = partsOf(file, readRows(file))
  if (all.length === 0) throw new Error(`${file}: there are no rows below the names of the columns`)
  const set: GivenSet = { series: [], filled: 0, unjudged: 0 }
  for (const parts of all) {
    const { series, filled } = join(file, parts, horizon)
    set.series.push(series)
    set.filled += filled
    set.unjudged += series.future.filter(Number.isNaN).length
  }
  const reached = Math.max(
    ...set.series.map(({ future }) => future.findLastIndex((one) => !Number.isNaN(one)) + 1),
  )
  if (reached < horizon) {
    throw new Error(
      `${file}: the test part goes ${reached} steps beyond the training part, ${horizon} were asked for: ask for --horizon ${reached}`,
    )
  }
  return set
}

function readRows(file: string): { line: number; row: Row }[] {
  let read: { record: Record<string, string>; info: { lines: number } }[]
  try {
    read = parse(readFileSync(file), {
      columns: (names: string[]) => names.map((name) => name.trim()),
      bom: true,
      trim: true,
      info: true,
      skip_empty_lines: true,
    }) as unknown as typeof read
  } catch (error) {
    if (error instanceof CsvError) throw new Error(`${file}: ${error.message}`, { cause: error })
    throw error
  }
  return read.map(({ record, info }, index) => {
    const missing = columns.filter((name) => !(name in record))
    if (index === 0 && missing.length > 0) {
      throw new Error(
        `${file}, line 1: there is no column ${missing.join(', ')}; the first line names series_id, period, set, t, value, with commas between`,
      )
    }
    return { line: info.lines, row: record as Row }
  })
}

function partsOf(file: string, rows: readonly { line: number; row: Row }[]): Parts[] {
  const found = new Map<string, Parts>()
  for (const { line, row } of rows) {
    const at = `${file}, line ${line}`
    const { series_id: id, set } = row
    if (id === '') throw new Error(`${at}: series_id is empty; name the series that the value is of`)
    if (set !== 'train' && set !== 'test') throw new Error(`${at}: set is "${set}"; write train or test`)
    const t = Number(row.t)
    if (row.t === '' || !Number.isInteger(t))
      throw new Error(`${at}: t is "${row.t}"; write the number of the period, 1, 2, 3, ...`)
    const value = isUnknown(row.value) ? Number.NaN : Number(row.value)
    if (!isUnknown(row.value) && !Number.isFinite(value))
      throw new Error(
        `${at}: value is "${row.value}"; write a number with a decimal point, or nothing where it is not known`,
      )
    const parts = found.get(id) ?? { id, line, train: [], test: [] }
    const same = [...parts.train, ...parts.test].find((one) => one.t === t)
    if (same) throw new Error(`${at}: ${id} has t ${t} already in line ${same.line}; each period stands once`)
    parts[set].push({ line, t, value })
    found.set(id, parts)
  }
  return [...found.values()]
}

/** Periods that may be missing one after the other. */
const mostMissing = 1000

/** As R and pandas write what is not known too. */
const isUnknown = (value: string) => ['', 'NA', 'NaN', 'nan'].includes(value)

function join(file: string, { id, line, train, test }: Parts, horizon: number) {
  const byTime = (one: Point, other: Point) => one.t - other.t
  const known = train.filter(({ value }) => !Number.isNaN(value)).sort(byTime)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last)
    throw new Error(
      `${file}, line ${line}: ${id} has no value in its training part; give it rows with set train`,
    )
  const early = test.find(({ t }) => t <= train.toSorted(byTime).at(-1)!.t)
  if (early)
    throw new Error(
      `${file}, line ${early.line}: ${id} has t ${early.t} in its test part, but its training part goes on to ${last.t}; the test part comes after it`,
    )
  const future = new Float64Array(horizon).fill(Number.NaN)
  for (const { t, value } of test) if (t - last.t <= horizon) future[t - last.t - 1] = value
  if (future.every(Number.isNaN)) {
    throw new Error(
      `${file}, line ${line}: ${id} has no value in its test part within ${horizon} periods after t ${last.t}; give it rows with set test, or leave the series out`,
    )
  }
  const jump = known.find(({ t }, index) => index > 0 && t - known[index - 1]!.t > mostMissing)
  if (jump)
    throw new Error(
      `${file}, line ${jump.line}: ${id} goes from t ${known[known.indexOf(jump) - 1]!.t} to t ${jump.t}; t counts periods one by one`,
    )
  const past = fillGaps(known)
  return { series: { id, past, future }, filled: past.length - known.length }
}

function fillGaps(known: readonly Point[]): Float64Array {
  const from = known[0]!.t
  const past = new Float64Array(known.at(-1)!.t - from + 1)
  known.forEach(({ t, value }, index) => {
    past[t - from] = value
    const before = known[index - 1]
    if (!before) return
    for (let at = before.t + 1; at < t; at++)
      past[at - from] = before.value + ((value - before.value) * (at - before.t)) / (t - before.t)
  })
  return past
}
