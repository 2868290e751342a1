import type { MatchFeatures } from '@ustaz/core/plugin'
import type { MatchReason, Suggestion } from './match-authors.ts'

/** What is known of a candidate beside the name. */
export interface Standing {
  /** Teachers who have the same family name, the candidate among them. */
  namesakes: number
  /** Whether the candidate holds a post today in a unit of the teachers who take part already; null: none do, or the post is not known. */
  sameUnit: boolean | null
  /** Approved works together with them, of the one with whom there are most; null: none take part. */
  together: number | null
}

export const authorFeatures = [
  'rule',
  'family-same',
  'family-transliterated',
  'given-full',
  'given-missing',
  'patronymic-agrees',
  'patronymic-differs',
  'swapped',
  'orcid',
  'orcid-differs',
  'rivals',
  'namesakes',
  'same-unit',
  'together',
] as const

/** A candidate for a printed name as numbers from 0 to 1, in the order of `authorFeatures`. */
export function featuresOf({ confidence, reasons }: Suggestion, standing: Standing): MatchFeatures {
  const codes = new Set(reasons.map(({ code }) => code))
  const has = (...some: string[]) => Number(some.some((code) => codes.has(code)))
  const rivals = reasons.find(({ code }) => code === 'homonyms')?.params['count'] ?? 1
  const { namesakes, sameUnit, together } = standing
  return [
    confidence,
    has('family-same'),
    has('family-transliterated'),
    has('given-same', 'given-transliterated'),
    has('given-missing', 'name-differs'),
    has('patronymic-same', 'patronymic-transliterated', 'patronymic-sounds-alike', 'patronymic-initial'),
    has('patronymic-differs'),
    has('order-swapped'),
    has('orcid-same'),
    has('orcid-differs', 'orcid-of-another'),
    1 - 1 / Number(rivals),
    scaled(namesakes - 1, 6),
    sameUnit === null ? null : Number(sameUnit),
    together === null ? null : scaled(together, 4),
  ]
}

/** What of the standing speaks for a candidate, or against being sure. */
export function standingReasons({ namesakes, sameUnit, together }: Standing): MatchReason[] {
  const reasons: MatchReason[] = []
  if (together !== null && together > 0)
    reasons.push({ code: 'worked-together', params: { count: together } })
  if (sameUnit === true) reasons.push({ code: 'same-unit', params: {} })
  if (namesakes > 1) reasons.push({ code: 'namesakes', params: { count: namesakes } })
  return reasons
}

/** log2(1 + count), 1 where it is as much as `full` or more: the first few count most. */
const scaled = (count: number, full: number) => Math.min(1, Math.log2(1 + count) / full)
