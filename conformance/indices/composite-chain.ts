import { areaNormalisationSchema } from '../../core/contract/regulation/composite.ts'
import type { AreaNormalisation } from '../../core/contract/regulation/composite.ts'
import type { ScoreMatrix } from '../../core/plugin/weighting.ts'
import { aggregate } from '../../core/rating/composite/aggregate.ts'
import { normalise } from '../../core/rating/composite/normalise.ts'
import { rankWithin } from '../../core/rating/composite/rank-within.ts'
import type { Group, GroupReport } from '../../plugins/publications/conformance/group.ts'
import { csvRows, openGroup } from '../../plugins/publications/conformance/group.ts'

type Row = Record<string, string>

/** The tables of one composite index, from whole data to ranks. */
interface Chain {
  whole: Row[]
  treated: Row[]
  normalised: Row[]
  aggregated: Row[]
  ranks: Row[]
  /** Scores as they are shown, with fewer decimals. */
  shown: Row[]
  indicators: { code: string; rule: AreaNormalisation }[]
  /** What stands below each aggregate, with its weight; lower levels first. */
  aggregates: Map<string, { code: string; weight: number }[]>
}

/**
 * The whole way of a composite index by core/rating/composite: whole data -> outliers drawn in -> min-max 0..100 -> means,
 * level by level -> ranks. Every step goes on from what was computed, not from what the folder holds of the step before.
 */
export function checkCompositeChain(folder: string): GroupReport[] {
  const chain = readChain((name) => csvRows(folder, 'coinr_asem', name))
  if (chain === null) return []
  const groups = {
    treated: openGroup('coinr_asem: outliers drawn in'),
    normalised: openGroup('coinr_asem: normalised'),
    aggregated: openGroup('coinr_asem: aggregated, from whole data on'),
    ranks: openGroup('coinr_asem: ranks, from whole data on'),
  }
  const { indicators, whole } = chain
  const codes = indicators.map(({ code }) => code)
  const given = matrixOf(whole, codes)
  const everybody = new Int32Array(given.rows)
  const scaled = (rules: AreaNormalisation[]) => normalise(given, everybody, rules).matrix
  const drawnIn = scaled(indicators.map(({ rule }) => ({ ...rule, method: 'none', factor: '1', shift: '0' })))
  compareColumns(groups.treated, codes, drawnIn, chain.treated)
  const normalised = scaled(indicators.map(({ rule }) => rule))
  compareColumns(groups.normalised, codes, normalised, chain.normalised)
  const columns = new Map(codes.map((code, index) => [code, columnOf(normalised, index)]))
  for (const [code, below] of chain.aggregates) {
    const totals = meanOf(below, columns, everybody)
    columns.set(code, totals)
    compare(groups.aggregated, code, totals, chain.aggregated, whole)
    compareRanks(groups.ranks, code, totals, chain)
  }
  return Object.values(groups).map(({ report }) => report)
}

function readChain(table: (name: string) => Row[] | null): Chain | null {
  const [whole, treated] = [table('step3_imputed.csv'), table('step4_treated.csv')]
  const [normalised, aggregated] = [table('step5_normalised.csv'), table('step6_aggregated.csv')]
  const [ranks, structure, weights] = [
    table('result_ranks.csv'),
    table('structure.csv'),
    table('weights.csv'),
  ]
  const [directions, treatment] = [table('old_indmeta.csv'), table('treatment_table.csv')]
  const shown = table('result_scores.csv')
  if (!whole || !treated || !normalised || !aggregated || !ranks || !structure || !weights) return null
  if (!directions || !treatment || !shown) return null
  const indicators = treatment.map(({ IndCode: code = '', Low = '', High = '' }) => ({
    code,
    rule: ruleOf(
      { low: Number(Low), high: Number(High), last: whole.length - 1 },
      Number(directions.find(({ IndCode }) => IndCode === code)?.Direction),
    ),
  }))
  const weightOf = new Map(weights.map(({ Code = '', Weight }) => [Code, Number(Weight)]))
  const aggregates = below(structure, weightOf)
  return { whole, treated, normalised, aggregated, ranks, shown, indicators, aggregates }
}

/** The n lowest and highest points are drawn in to the next one: a percentile that is exactly that point. */
function ruleOf(points: { low: number; high: number; last: number }, direction: number): AreaNormalisation {
  const percentOf = (place: number) => String((100 * place) / points.last)
  return areaNormalisationSchema.parse({
    method: 'min-max',
    winsorise: { lower: percentOf(points.low), upper: percentOf(points.last - points.high) },
    ...(direction === -1 ? { factor: '-100', shift: '100' } : { factor: '100' }),
  })
}

function below(structure: readonly Row[], weightOf: ReadonlyMap<string, number>): Chain['aggregates'] {
  const levels = Object.keys(structure[0] ?? {})
  const found: Chain['aggregates'] = new Map()
  levels.slice(1).forEach((level, index) => {
    for (const row of structure) {
      const [code, parent] = [row[levels[index]!]!, row[level]!]
      const siblings = found.get(parent) ?? []
      if (!siblings.some((sibling) => sibling.code === code))
        found.set(parent, [...siblings, { code, weight: weightOf.get(code) ?? Number.NaN }])
    }
  })
  return found
}

function meanOf(
  parts: readonly { code: string; weight: number }[],
  columns: ReadonlyMap<string, Float64Array>,
  groups: Int32Array,
): Float64Array {
  const rows = groups.length
  const values = new Float64Array(rows * parts.length)
  parts.forEach(({ code }, column) =>
    columns.get(code)?.forEach((value, row) => (values[row * parts.length + column] = value)),
  )
  const matrix = { rows, columns: parts.length, values }
  const weights = Float64Array.from(parts, ({ weight }) => weight)
  const spec = { method: 'arithmetic', whenUnknown: 'block' } as const
  return aggregate({ matrix, weights, groups, spec, areas: parts.map(({ code }) => code) }).totals
}

const numberOf = (text: string | undefined) =>
  text === undefined || text === '' || text === 'NA' ? Number.NaN : Number(text)

function matrixOf(rows: readonly Row[], codes: readonly string[]): ScoreMatrix {
  const values = Float64Array.from(rows.flatMap((row) => codes.map((code) => numberOf(row[code]))))
  return { rows: rows.length, columns: codes.length, values }
}

const columnOf = ({ rows, columns, values }: ScoreMatrix, column: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => values[row * columns + column]!)

function compareColumns(
  group: Group,
  codes: readonly string[],
  found: ScoreMatrix,
  expected: readonly Row[],
): void {
  codes.forEach((code, column) => compare(group, code, columnOf(found, column), expected, expected))
}

/** `order`: the units in the order of `found`; the table of what is expected may have another. */
function compare(
  group: Group,
  code: string,
  found: Float64Array,
  expected: readonly Row[],
  order: readonly Row[],
): void {
  const byUnit = new Map(expected.map((row) => [row.UnitCode, numberOf(row[code])]))
  order.forEach(({ UnitCode }, row) => {
    const [value, wanted] = [found[row]!, byUnit.get(UnitCode) ?? Number.NaN]
    group.read()
    if (Number.isNaN(wanted)) group.refuse('score-not-given')
    else if (Math.abs(value - wanted) < 1e-9 * Math.max(1, Math.abs(wanted))) group.agree()
    else group.disagree(`${UnitCode ?? ''} ${code}: ${value}, expected ${wanted}`)
  })
}

/** A table that ranks what it shows gives equal ranks to scores that differ; such a rank is named and not compared. */
function compareRanks(
  group: Group,
  code: string,
  totals: Float64Array,
  { ranks, shown, whole }: Chain,
): void {
  const decimals = Math.max(...shown.map((row) => /\.(\d+)$/.exec(row[code] ?? '')?.[1]?.length ?? 0))
  const rounded = totals.map((total) => Number(total.toFixed(decimals)))
  const everybody = new Int32Array(totals.length)
  const [exact, ofRounded] = [rankWithin(totals, everybody), rankWithin(rounded, everybody)]
  whole.forEach(({ UnitCode }, row) => {
    const wanted = numberOf(ranks.find((given) => given.UnitCode === UnitCode)?.[code])
    group.read()
    if (exact[row] === wanted) group.agree()
    else if (ofRounded[row] === wanted) group.refuse('ranked-after-rounding')
    else group.disagree(`${UnitCode ?? ''} ${code}: ${exact[row]!}, expected ${wanted}`)
  })
}
