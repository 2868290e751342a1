import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { UstazError } from '../../core/contract/problem.ts'
import type { Weighting } from '../../core/plugin/weighting.ts'
import { assess } from '../../plugins/expert/pairwise/assess.ts'
import type { Group, GroupReport } from '../../plugins/publications/conformance/group.ts'
import { openGroup } from '../../plugins/publications/conformance/group.ts'
import { critic } from '../../plugins/statistical/critic.ts'
import { entropy } from '../../plugins/statistical/entropy.ts'
import { equal } from '../../plugins/statistical/equal.ts'
import { merec } from '../../plugins/statistical/merec.ts'
import { standardDeviation } from '../../plugins/statistical/standard-deviation.ts'
import { disagreements } from './agreement.ts'

type Rows = readonly (readonly number[])[]
type Method = { asks: RegExp; weigh: (rows: Rows, types: readonly number[] | null) => number[] }

const file = z.array(
  z.object({
    name: z.string(),
    method: z.string().nullish(),
    call: z.string().nullish(),
    matrix: z.unknown().optional(),
    types: z.unknown().optional(),
    expected: z.unknown().optional(),
  }),
)
const rowsSchema = z.array(z.array(z.number())).min(1)
const typesSchema = z.array(z.number())
const expectedSchema = z.union([
  z.array(z.number()),
  z.object({ weights: z.array(z.number()) }).transform(({ weights }) => weights),
])

/** In an area more points are better; what is a cost enters so turned that the method sees the same numbers. */
const turnCosts = (turn: (value: number) => number) => (rows: Rows, types: readonly number[] | null) =>
  rows.map((row) => row.map((value, column) => (types?.[column] === -1 ? turn(value) : value)))
const negated = turnCosts((value) => -value)
const reciprocal = turnCosts((value) => 1 / value)

function weigh(weighting: Weighting, rows: Rows, params = {}): number[] {
  const areas = rows[0]!.map((_, index) => String(index))
  const scores = { rows: rows.length, columns: areas.length, values: Float64Array.from(rows.flat()) }
  const { weights } = weighting.weigh({ areas, params: weighting.params.parse(params), scores })
  return areas.map((area) => Number(weights[area]))
}

const methods: Method[] = [
  { asks: /\bequal_weights\(|^EqualWeighter\(/, weigh: (rows) => weigh(equal, rows) },
  {
    asks: /\bstandard_deviation_weights\(|^StdWeighter\(/,
    weigh: (rows) => weigh(standardDeviation, rows, { normalisation: 'none' }),
  },
  { asks: /\bentropy_weights\(|^EntropyWeighter\(/, weigh: (rows) => weigh(entropy, rows) },
  { asks: /\bcritic_weights\(|^CRITIC\(/, weigh: (rows, types) => weigh(critic, negated(rows, types)) },
  { asks: /\bmerec_weights\(|^MEREC\(/, weigh: (rows, types) => weigh(merec, reciprocal(rows, types)) },
  { asks: /\bsubjective\.AHP\(/, weigh: (rows) => assess(rows).weights },
]

/** Cases of decision methods: those that weigh by a method that is there; the others are counted. */
export function checkMcdm(folder: string): GroupReport[] {
  const path = join(folder, 'mcdm', 'mcdm_cases.json')
  if (!existsSync(path)) return []
  const group = openGroup('mcdm/mcdm_cases.json: weights')
  for (const { name, method, call, ...data } of file.parse(JSON.parse(readFileSync(path, 'utf8')))) {
    const asked = methods.find(({ asks }) => asks.test(method ?? '') || asks.test(call ?? ''))
    if (!asked) group.refuse('method-not-read')
    else checkCase(group, name, asked, data)
  }
  return [group.report]
}

type Data = { matrix?: unknown; types?: unknown; expected?: unknown }

function checkCase(group: Group, name: string, method: Method, data: Data): void {
  const rows = rowsSchema.safeParse(data.matrix).data
  const expected = expectedSchema.safeParse(data.expected).data
  if (!rows || !expected) {
    group.refuse('case-without-weights')
    return
  }
  try {
    const found = method.weigh(rows, typesSchema.safeParse(data.types).data ?? null)
    group.read()
    compare(group, name, found, expected)
  } catch (error) {
    if (!(error instanceof UstazError)) throw error
    group.refuse(error.code)
  }
}

/** A total near 1 is taken as printed; weights of another total are compared as shares of it. */
function compare(group: Group, name: string, found: readonly number[], expected: readonly number[]): void {
  const total = expected.reduce((a, b) => a + b, 0)
  const shares = Math.abs(total - 1) < 0.02 ? expected : expected.map((value) => value / total)
  const wrong = disagreements(
    shares.map((value, index) => ({
      what: `weight ${index + 1}`,
      found: found[index] ?? Number.NaN,
      expected: value,
    })),
  )
  if (wrong.length === 0) group.agree()
  else group.disagree(`${name}: ${wrong.join('; ')}`)
}
