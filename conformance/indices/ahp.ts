import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { assess } from '../../plugins/expert/pairwise/assess.ts'
import type { Group, GroupReport } from '../../plugins/publications/conformance/group.ts'
import { openGroup } from '../../plugins/publications/conformance/group.ts'
import type { Comparison } from './agreement.ts'
import { disagreements } from './agreement.ts'

const weights = z.union([z.array(z.number()), z.record(z.string(), z.number())])
type Expected = z.output<typeof weights>

/** A matrix of judgements with what others computed of it. */
const node = z.object({
  names: z.array(z.string()).optional(),
  matrix: z.array(z.array(z.number())),
  weights_eigenvector: weights.optional(),
  lambda_max: z.number().optional(),
  CI: z.number().optional(),
  CR_saaty1980: z.number().optional(),
  CR_alt_RI: z.number().optional(),
})
type Node = z.output<typeof node>

const file = z.object({
  cases: z.array(
    z.object({
      id: z.string(),
      published: z.record(z.string(), z.unknown()).optional(),
      recomputed: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
})

/** Matrices of judgements with published weights and consistency ratios, and with those that others computed. */
export function checkAhp(folder: string): GroupReport[] {
  const path = join(folder, 'ahp', 'ahp_cases.json')
  if (!existsSync(path)) return []
  const published = openGroup('ahp/ahp_cases.json: published weights and consistency ratios')
  const matrices = openGroup('ahp/ahp_cases.json: weights, eigenvalue, CI and CR of each matrix')
  for (const { id, published: figures = {}, recomputed } of file.parse(JSON.parse(readFileSync(path, 'utf8')))
    .cases) {
    const nodes = new Map<string, Node>()
    collect('criteria', recomputed, nodes)
    if (nodes.size === 0) published.refuse('incomplete-judgements')
    for (const [name, found] of nodes) checkMatrix(matrices, `${id} ${name}`, found)
    if (nodes.size > 0) checkPublished(published, id, figures, nodes)
  }
  return [published.report, matrices.report]
}

/** Every matrix of a case by the lower-case name of what it compares under; the one at the top is `criteria`. */
function collect(name: string, value: unknown, nodes: Map<string, Node>): void {
  const found = node.safeParse(value)
  if (found.success) nodes.set(name.toLowerCase(), found.data)
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [key, below] of Object.entries(value)) collect(key, below, nodes)
}

function settle(group: Group, where: string, comparisons: readonly Comparison[]): void {
  group.read()
  const wrong = disagreements(comparisons)
  if (wrong.length > 0) group.disagree(`${where}: ${wrong.join('; ')}`)
  else if (comparisons.length > 0) group.agree()
}

/** Beside each expected weight the one found, by name or by place. */
function beside(found: Record<string, number> | readonly number[], expected: Expected): Comparison[] {
  const values = new Map(Object.entries(found))
  return Object.entries(expected).map(([what, value]) => ({
    what,
    found: values.get(what) ?? Number.NaN,
    expected: value,
  }))
}

function checkMatrix(group: Group, where: string, matrix: Node): void {
  const { lambdaMax, consistencyIndex, consistencyRatio } = assess(matrix.matrix)
  const numbers: [string, number, number | undefined][] = [
    ['lambda_max', lambdaMax, matrix.lambda_max],
    ['CI', consistencyIndex, matrix.CI],
    ['CR (1980)', consistencyRatio['saaty-1980'], matrix.CR_saaty1980],
    ['CR (later)', consistencyRatio['saaty-later'], matrix.CR_alt_RI],
  ]
  const expectedWeights = matrix.weights_eigenvector
    ? beside(localWeights(matrix, matrix.weights_eigenvector), matrix.weights_eigenvector)
    : []
  const given = numbers.flatMap(([what, found, expected]) =>
    expected === undefined ? [] : [{ what, found, expected }],
  )
  settle(group, where, [...expectedWeights, ...given])
}

/** Of one matrix: by name where the expectation has names, else by place. */
function localWeights(
  { names, matrix }: Node,
  expected: Expected,
): Record<string, number> | readonly number[] {
  const found = assess(matrix).weights
  if (Array.isArray(expected) || !names) return found
  return Object.fromEntries(names.map((name, index) => [name, found[index]!]))
}

/** What is asked of a case by the names of its figures: weights, CR, global_weights, <matrix>_weights, CR_<matrix>; others are counted. */
function checkPublished(
  group: Group,
  id: string,
  figures: Record<string, unknown>,
  nodes: Map<string, Node>,
): void {
  for (const [key, figure] of Object.entries(figures)) {
    if (typeof figure === 'string') continue
    const comparisons = comparisonsOf(key, figure, nodes)
    if (comparisons) settle(group, `${id} ${key}`, comparisons)
    else group.refuse('figure-not-read')
  }
}

function comparisonsOf(key: string, figure: unknown, nodes: Map<string, Node>): Comparison[] | null {
  const expected = weights.safeParse(figure).data
  if (key === 'global_weights') return expected ? beside(globalWeights(nodes), expected) : null
  const about = nodes.get(
    /^(.+)_weights$|^CR_(.+)$/.exec(key)?.slice(1).find(Boolean)?.toLowerCase() ?? 'criteria',
  )
  if (!about) return null
  if (expected && key.endsWith('weights')) return beside(localWeights(about, expected), expected)
  if (typeof figure !== 'number' || !key.startsWith('CR')) return null
  return [{ what: key, found: assess(about.matrix).consistencyRatio['saaty-1980'], expected: figure }]
}

/** Weights of the alternatives: down from the criteria, the weight of a name is shared out by the matrix called like it, if there is one. */
function globalWeights(nodes: Map<string, Node>): Record<string, number> {
  const totals: Record<string, number> = {}
  const share = (name: string, part: number): void => {
    const below = nodes.get(name.toLowerCase())
    if (!below?.names) {
      totals[name] = (totals[name] ?? 0) + part
      return
    }
    const own = assess(below.matrix).weights
    for (const [index, child] of below.names.entries()) share(child, part * own[index]!)
  }
  share('criteria', 1)
  return totals
}
