import { equal } from '../../plugins/statistical/equal.ts'
import type { Group, GroupReport } from '../../plugins/publications/conformance/group.ts'
import { csvRows, openGroup } from '../../plugins/publications/conformance/group.ts'

type Row = Record<string, string>
type Children = Map<string, string[]>

/** What the folder holds that nothing in the product does: how indicators are divided by size and gaps are filled. */
const otherSteps = ['step1_raw.csv', 'step2_denominated.csv']

/**
 * A composite index with equal weights on every level: each aggregate of step 6 is the weighted mean of what is below it, from
 * the normalised indicators of step 5 up, with the weights of `statistical.equal`.
 */
export function checkCoinr(folder: string): GroupReport[] {
  const place = (name: string) => csvRows(folder, 'coinr_asem', name)
  const [structure, weights] = [place('structure.csv'), place('weights.csv')]
  const [units, aggregated] = [place('step5_normalised.csv'), place('step6_aggregated.csv')]
  if (!structure || !weights || !units || !aggregated) return []
  const group = openGroup('coinr_asem: aggregates with equal weights')
  for (const name of otherSteps) if (place(name)) group.refuse('step-not-read')
  const children = childrenByParent(structure)
  const unequal = [...children.values()].filter((below) => !areEqual(below, weights)).length
  if (unequal > 0) group.refuse('weights-not-equal', unequal)
  else for (const unit of units) compareUnit(group, children, unit, aggregated)
  return [group.report]
}

function compareUnit(group: Group, children: Children, unit: Row, aggregated: readonly Row[]): void {
  const given = aggregated.find((row) => row.UnitCode === unit.UnitCode)
  const scores = new Map(Object.entries(unit).map(([code, text]) => [code, text === '' ? NaN : Number(text)]))
  for (const [code, below] of children) {
    const { weights } = equal.weigh({ areas: below, params: {}, scores: null })
    const found = below.reduce((sum, child) => sum + Number(weights[child]) * (scores.get(child) ?? NaN), 0)
    scores.set(code, found)
    group.read()
    const expected = Number(given?.[code] || NaN)
    if (Number.isNaN(expected)) group.refuse('score-not-given')
    else if (Math.abs(found - expected) < 1e-9) group.agree()
    else group.disagree(`${unit.UnitCode ?? ''} ${code}: ${found}, expected ${expected}`)
  }
}

/** Codes of what stands below each aggregate, the lower levels first. */
function childrenByParent(structure: readonly Row[]): Children {
  const levels = Object.keys(structure[0] ?? {})
  const children: Children = new Map()
  for (const [index, level] of levels.entries()) {
    const parent = levels[index + 1]
    for (const row of parent === undefined ? [] : structure) {
      const [code, above] = [row[level] ?? '', row[parent!] ?? '']
      const siblings = children.get(above) ?? []
      if (!siblings.includes(code)) children.set(above, [...siblings, code])
    }
  }
  return children
}

function areEqual(codes: readonly string[], weights: readonly Row[]): boolean {
  const given = weights.filter(({ Code }) => codes.includes(Code ?? '')).map(({ Weight }) => Weight)
  return given.length === codes.length && new Set(given).size === 1
}
