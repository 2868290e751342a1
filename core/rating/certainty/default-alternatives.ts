import { normalisationSchema } from '../../contract/regulation/composite.ts'
import type { Aggregation, AreaNormalisation, Normalisation } from '../../contract/regulation/composite.ts'

/** Scales of 0..1 (before factor and shift), any of which could have been chosen; and the two that count in deviations. */
const families: readonly AreaNormalisation['method'][][] = [
  ['min-max', 'share-of-maximum', 'rank'],
  ['z', 'robust-z'],
]

/**
 * Scales that are as good as the official one where the regulation names none: the other methods of the same family, with the
 * same factor and shift; where points count as they are, the same points with what lies above the league's 95th percentile of an
 * area drawn in to it. Where a zero blocks, min-max is none: it gives every league's last a zero.
 */
export function defaultAlternatives(official: Normalisation, aggregation: Aggregation): Normalisation[] {
  const rules = [official.areas, ...Object.values(official.byArea)]
  if (rules.every(({ method }) => method === 'none')) {
    return [normalisationSchema.parse({ areas: { method: 'none', winsorise: { lower: '0', upper: '95' } } })]
  }
  const zeroBlocks = 'whenZero' in aggregation && aggregation.whenZero === 'block'
  const used = new Set(rules.map(({ method }) => method))
  return families
    .flatMap((family) => (family.some((method) => used.has(method)) ? family : []))
    .filter((method) => !(zeroBlocks && method === 'min-max'))
    .map((method) => withMethod(official, method))
    .filter((alternative) => JSON.stringify(alternative) !== JSON.stringify(official))
}

/** The official scales with `method` in place of every other of its family. */
function withMethod(official: Normalisation, method: AreaNormalisation['method']): Normalisation {
  const family = families.find((members) => members.includes(method))!
  const change = (rule: AreaNormalisation): AreaNormalisation =>
    family.includes(rule.method) ? ({ ...rule, method } as AreaNormalisation) : rule
  const byArea = Object.entries(official.byArea).map(([area, rule]) => [area, change(rule)] as const)
  return { areas: change(official.areas), byArea: Object.fromEntries(byArea) }
}
