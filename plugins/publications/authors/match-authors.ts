import type { Author } from '../work.ts'
import type { NameAgreement } from './compare-names.ts'
import { agreementWorth, compareNames, givenWords } from './compare-names.ts'

/** A name of a teacher in one script. A teacher may have several: in Kazakh, Russian, Latin, and earlier family names. */
export type TeacherName = { family: string; given: string; patronymic: string | null }
export type Candidate = { teacherId: number; names: readonly TeacherName[]; orcid: string | null }

/** A reason in words of messages/: what agreed, what is missing, what speaks against. */
export type MatchReason = { code: string; params: Record<string, string | number> }

/** `confidence` 0 to 1, both inclusive: an ordering for the person who decides, not a probability. */
export type Suggestion = { teacherId: number; confidence: number; reasons: MatchReason[] }

type Comparison = { confidence: number; reasons: MatchReason[] }
type Printed = { family: string; given: string[]; swapped: boolean }

const reason = (code: string, params: MatchReason['params'] = {}): MatchReason => ({ code, params })

function reasonOf(
  part: 'family' | 'given' | 'patronymic',
  agreement: NonNullable<NameAgreement>,
): MatchReason {
  const system: MatchReason['params'] = agreement.how === 'transliterated' ? { system: agreement.system } : {}
  return reason(`${part}-${agreement.how}`, system)
}

/** The ways to read a printed name: as divided, the other way round, and, if nobody divided it, with either end as family name. */
function readings(author: Author): Printed[] {
  if (author.family === null) {
    const words = givenWords(author.literal ?? author.given ?? '')
    const [first = '', ...rest] = words
    if (words.length < 2 || words.length > 4) return []
    return [
      { family: first, given: rest, swapped: false },
      { family: words.at(-1) ?? '', given: words.slice(0, -1), swapped: false },
    ]
  }
  const given = givenWords(author.given ?? '')
  const [first] = given
  const straight = { family: author.family, given, swapped: false }
  if (first === undefined || given.length > 2) return [straight]
  return [straight, { family: first, given: [author.family, ...given.slice(1)], swapped: true }]
}

/** What may be the author's family name: as divided, in swapped order, or at either end of a name nobody divided. */
export function possibleFamilies(author: Author): string[] {
  return readings(author).map(({ family }) => family)
}

/** What a family name with a full given name is worth, with initials, or alone; each part's agreement scales it. */
const worth = { full: 0.85, initials: 0.6, familyOnly: 0.25, patronymic: 0.12, swapped: 0.85 }

function compareGiven(printed: Printed, name: TeacherName): Comparison | null {
  const [first, second] = printed.given
  if (first === undefined) return { confidence: worth.familyOnly, reasons: [reason('given-missing')] }
  const agreement = compareNames(first, name.given)
  if (!agreement) return null
  const base = agreement.how === 'initial' ? worth.initials : worth.full * agreementWorth[agreement.how]
  const reasons = [reasonOf('given', agreement)]
  if (second === undefined || name.patronymic === null) return { confidence: base, reasons }
  const patronymic = compareNames(second, name.patronymic)
  if (!patronymic) return { confidence: base * 0.3, reasons: [...reasons, reason('patronymic-differs')] }
  const added = base + worth.patronymic * agreementWorth[patronymic.how]
  return { confidence: added, reasons: [...reasons, reasonOf('patronymic', patronymic)] }
}

function compareReading(printed: Printed, name: TeacherName): Comparison | null {
  const family = compareNames(printed.family, name.family)
  if (!family || family.how === 'initial') return null
  const given = compareGiven(printed, name)
  if (!given || (printed.swapped && printed.given.length === 0)) return null
  const order = printed.swapped ? [reason('order-swapped')] : []
  const confidence = given.confidence * agreementWorth[family.how] * (printed.swapped ? worth.swapped : 1)
  return { confidence, reasons: [reasonOf('family', family), ...given.reasons, ...order] }
}

function bestByName(author: Author, candidate: Candidate): Comparison | null {
  const all = readings(author).flatMap((printed) =>
    candidate.names.flatMap((name) => compareReading(printed, name) ?? []),
  )
  return all.toSorted((a, b) => b.confidence - a.confidence)[0] ?? null
}

function compareCandidate(author: Author, candidate: Candidate): Suggestion | null {
  const { teacherId } = candidate
  const byName = bestByName(author, candidate)
  if (author.orcid !== null && author.orcid === candidate.orcid) {
    const names = byName ? byName.reasons : [reason('name-differs')]
    return { teacherId, confidence: byName ? 0.99 : 0.9, reasons: [reason('orcid-same'), ...names] }
  }
  if (!byName) return null
  if (author.orcid !== null && candidate.orcid !== null) {
    const confidence = Math.min(byName.confidence, 0.1)
    return { teacherId, confidence, reasons: [...byName.reasons, reason('orcid-differs')] }
  }
  return { teacherId, ...byName }
}

/** Teachers whose names fit about as well share the confidence: nobody can tell them apart by name. */
const asGood = 0.9

function withHomonyms(suggestions: Suggestion[]): Suggestion[] {
  const sureElsewhere = suggestions.some(({ reasons }) => reasons[0]?.code === 'orcid-same')
  return suggestions.map((suggestion) => {
    if (suggestion.reasons[0]?.code === 'orcid-same') return suggestion
    if (sureElsewhere) {
      return {
        ...suggestion,
        confidence: Math.min(suggestion.confidence, 0.1),
        reasons: [...suggestion.reasons, reason('orcid-of-another')],
      }
    }
    const rivals = suggestions.filter((other) => other.confidence >= suggestion.confidence * asGood).length
    if (rivals < 2) return suggestion
    return {
      ...suggestion,
      confidence: suggestion.confidence / rivals,
      reasons: [...suggestion.reasons, reason('homonyms', { count: rivals })],
    }
  })
}

/**
 * Proposes teachers who may be the author, best first, with reasons in words. It only proposes: a person confirms, and nothing
 * is attributed by a name alone. Names are compared across Kazakh and Russian Cyrillic and Latin, with initials, with
 * patronymics, and in swapped order; a differing ORCID nearly rules a candidate out; namesakes divide the confidence.
 */
export function suggestTeachers(author: Author, candidates: readonly Candidate[]): Suggestion[] {
  const found = candidates.flatMap((candidate) => compareCandidate(author, candidate) ?? [])
  const rounded = withHomonyms(found).map((suggestion) => ({
    ...suggestion,
    confidence: Math.round(Math.min(suggestion.confidence, 1) * 100) / 100,
  }))
  return rounded.toSorted((a, b) => b.confidence - a.confidence || a.teacherId - b.teacherId)
}
