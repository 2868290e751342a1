/** One value of many people over periods that all share, oldest first; NaN: none in that period. */
export interface History {
  /** values[person][period] */
  values: readonly Float64Array[]
  /** Index of each person's group (department) in 0..groups-1, by the newest period. */
  group: Int32Array
  groups: number
}

/** Forecasts of one person at steps 1..horizon: mean and standard deviation of what will be. */
export interface PersonForecast {
  mean: Float64Array
  deviation: Float64Array
}

/** The same history as it was known after the first `periods` periods. */
export function knownAfter({ values, ...rest }: History, periods: number): History {
  return { values: values.map((series) => series.slice(0, periods)), ...rest }
}

export const periodsOf = ({ values }: History) => values[0]?.length ?? 0
export const countOf = (series: Float64Array) =>
  series.reduce((count, value) => count + Number(!Number.isNaN(value)), 0)

/** The known values of a series alone, oldest first. */
export const knownOf = (series: Float64Array) => series.filter((value) => !Number.isNaN(value))
