import type { Finding } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Rule } from '../../contract/regulation/rule.ts'
import type { Range } from '../check/ranges.ts'
import type { Supply } from '../check/supply.ts'
import { knownCriteria, warnAt } from './finding.ts'
import { rangeOfValue } from './value-range.ts'
import type { NumberRange } from './value-range.ts'

/** Tiers with a number between them that belongs to none, and tiers that no value reaches; also those of coefficients. */
export function lintTiers(document: RegulationDocument, supply: Supply): Finding[] {
  const known = knownCriteria(document, supply)
  const ofCriteria = known.flatMap(({ criterion, index, indicator }) => {
    const { points: rule, id } = criterion
    return rule.kind === 'tiers'
      ? tierFindings(rule, ['criteria', index, 'points'], id, rangeOfValue(indicator, rule.of))
      : []
  })
  const ofCoefficients = document.coefficients.flatMap(({ rule, id }, index) => {
    const user = known.find(({ criterion }) => criterion.factors.includes(id))
    return rule.kind === 'tiers' && user
      ? tierFindings(rule, ['coefficients', index, 'rule'], id, rangeOfValue(user.indicator, rule.of))
      : []
  })
  return [...ofCriteria, ...ofCoefficients]
}

/** Bands with a total between them that belongs to none. */
export function lintBands({ bands }: RegulationDocument): Finding[] {
  const ranges = bands.map(({ from, to }) => ({ from, to, fromInclusive: true, toInclusive: false }))
  return gapsOf(ranges, false).map(({ index, from, to }) =>
    warnAt(['bands', index], 'bands-gap', { clause: bands[index]!.id, from, to }),
  )
}

function tierFindings(
  rule: Extract<Rule, { kind: 'tiers' }>,
  path: readonly (string | number)[],
  clause: string,
  value: NumberRange,
): Finding[] {
  const params = { clause, value: rule.of }
  const gaps = gapsOf(rule.tiers, value.whole).map(({ index, from, to }) =>
    warnAt([...path, 'tiers', index], 'tiers-gap', { ...params, from, to }),
  )
  const unreachable = rule.tiers.flatMap((tier, index) =>
    isOutside(tier, value)
      ? [warnAt([...path, 'tiers', index], 'tier-unreachable', { ...params, ...shownRange(value) })]
      : [],
  )
  return [...gaps, ...unreachable]
}

/** Numbers between a range and the next that neither holds; index: of the later one. */
export function gapsOf(
  ranges: readonly Range[],
  whole: boolean,
): { index: number; from: string; to: string }[] {
  return ranges.flatMap((next, index) => {
    const previous = ranges[index - 1]
    if (!previous || previous.to === null || next.from === null) return []
    const [low, high] = [Number(previous.to), Number(next.from)]
    const touches = low === high && (previous.toInclusive || next.fromInclusive)
    const neighbours = whole && previous.toInclusive && next.fromInclusive && high - low <= 1
    return low > high || touches || neighbours ? [] : [{ index, from: previous.to, to: next.from }]
  })
}

/** Whether the range holds nothing of what the value can be. */
export function isOutside(range: Range, value: NumberRange): boolean {
  const tooHigh =
    range.from !== null &&
    (Number(range.from) > value.max || (Number(range.from) === value.max && !range.fromInclusive))
  const tooLow =
    range.to !== null &&
    (Number(range.to) < value.min || (Number(range.to) === value.min && !range.toInclusive))
  return tooHigh || tooLow
}

export const shownRange = ({ min, max }: NumberRange) => ({
  least: Number.isFinite(min) ? min : null,
  most: Number.isFinite(max) ? max : null,
})
