/** One bar of a histogram: from inclusive, to exclusive (the last bar includes its end). */
export interface Bin {
  from: number
  to: number
  count: number
}

/** So many bars of equal width from the least to the greatest value; all values in one bar if they are the same. */
export function histogram(values: readonly number[], bins: number): Bin[] {
  if (values.length === 0) return []
  const least = Math.min(...values)
  const greatest = Math.max(...values)
  if (least === greatest) return [{ from: least, to: greatest, count: values.length }]
  const width = (greatest - least) / bins
  const result = Array.from({ length: bins }, (_, index) => ({
    from: least + index * width,
    to: least + (index + 1) * width,
    count: 0,
  }))
  for (const value of values) {
    const bin = result[Math.min(bins - 1, Math.floor((value - least) / width))]
    if (bin) bin.count += 1
  }
  return result
}

/** Quantile by linear interpolation between the two nearest values (Hyndman and Fan 1996, type 7; percentile_cont). */
export function quantile(sorted: readonly number[], fraction: number): number {
  const position = (sorted.length - 1) * fraction
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? below
  return below + (above - below) * (position - Math.floor(position))
}
