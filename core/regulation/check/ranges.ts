/** A stretch of numbers; null: no end on that side. */
export interface Range {
  from: string | null
  to: string | null
  fromInclusive: boolean
  toInclusive: boolean
}
export interface RangeFault {
  index: number
  code: 'range-empty' | 'ranges-overlap' | 'ranges-unordered'
}

/** Ranges that hold no number, share numbers with an earlier one, or do not rise. At most one fault for each range. */
export function checkRanges(ranges: readonly Range[]): RangeFault[] {
  return ranges.flatMap((range, index) => {
    const code = faultOf(range, ranges.slice(0, index))
    return code ? [{ index, code }] : []
  })
}

function faultOf(range: Range, earlier: readonly Range[]): RangeFault['code'] | null {
  if (isEmpty(range)) return 'range-empty'
  if (earlier.some((other) => !isEmpty(meetOf(range, other)))) return 'ranges-overlap'
  const previous = earlier.at(-1)
  return previous && lower(range) < lower(previous) ? 'ranges-unordered' : null
}

const lower = (range: Range) => (range.from === null ? -Infinity : Number(range.from))
const upper = (range: Range) => (range.to === null ? Infinity : Number(range.to))

function isEmpty(range: Range): boolean {
  if (range.from === null || range.to === null) return false
  return (
    lower(range) > upper(range) ||
    (lower(range) === upper(range) && !(range.fromInclusive && range.toInclusive))
  )
}

function meetOf(a: Range, b: Range): Range {
  const low = lower(a) > lower(b) || (lower(a) === lower(b) && !a.fromInclusive) ? a : b
  const high = upper(a) < upper(b) || (upper(a) === upper(b) && !a.toInclusive) ? a : b
  return { from: low.from, fromInclusive: low.fromInclusive, to: high.to, toInclusive: high.toInclusive }
}
