import type { RegulationDocument } from '@ustaz/core/contract'
import {
  areaWords,
  coefficientWords,
  exclusionWords,
  extrapolationWords,
  groupWords,
  onceWords,
  rollUpWords,
} from './counting.ts'
import { approvalWords } from './approval.ts'
import { aggregationWords, certaintyWords, normalisationWords } from './composite.ts'
import { criterionWords } from './criterion.ts'
import { eligibilityWords, leagueWords, normWords, requirementWords } from './people.ts'
import {
  amendmentWords,
  appealWords,
  bandWords,
  exampleWords,
  moneyWords,
  rankingWords,
  totalWords,
  weightingWords,
} from './result.ts'
import { phrase } from './vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

type Document = RegulationDocument
type Lists = {
  [
    Section in keyof Document as Document[Section] extends readonly object[] ? Section : never
  ]: Document[Section]
}
/** Parts of a regulation that are lists of clauses. */
export type ListSection = keyof Lists
/** Parts that are one thing, or nothing. */
export type SingleSection = Exclude<keyof Document, ListSection | TextField>
type TextField = 'code' | 'version' | 'title' | 'description' | 'source'

type ListWords = {
  [Section in ListSection]: (
    clause: Lists[Section][number],
    words: Vocabulary,
    document: Document,
  ) => Phrase[]
}
type SingleWords = {
  [Section in SingleSection]: (value: NonNullable<Document[Section]>, words: Vocabulary) => Phrase[]
}

const ofLists: ListWords = {
  areas: areaWords,
  coefficients: coefficientWords,
  criteria: (criterion, words) => criterionWords(criterion, words.of(criterion.indicator)),
  groups: groupWords,
  once: onceWords,
  exclusions: exclusionWords,
  rollUps: rollUpWords,
  norms: normWords,
  eligibility: eligibilityWords,
  requirements: requirementWords,
  leagues: leagueWords,
  bands: bandWords,
  amendments: (amendment, words, document) => amendmentWords(amendment, document, words),
  examples: exampleWords,
}

const ofSingles: SingleWords = {
  periodStart: (day, words) => [phrase('clause.periodStart', { day: words.monthDay(day) })],
  validFrom: (day, words) => [phrase('clause.validFrom', { day: words.day(day) })],
  rated: (who, words) => [phrase('clause.rated', { who: words.word('regulation.rated', who) })],
  extrapolation: extrapolationWords,
  total: totalWords,
  ranking: rankingWords,
  bandsBy: (by, words) => [phrase('clause.bandsBy', { by: words.word('regulation.bandsBy', by) })],
  units: (statistic, words) => [
    phrase('clause.units', { statistic: words.word('regulation.units', statistic) }),
  ],
  normalisation: normalisationWords,
  weighting: weightingWords,
  aggregation: aggregationWords,
  certainty: certaintyWords,
  money: moneyWords,
  approval: approvalWords,
  appeals: appealWords,
  rounding: ({ digits }) => [phrase('regulation.roundingText', { digits: String(digits) })],
}

/** Every list of clauses that a regulation has, in the order in which they are read. */
export const listSections = Object.keys(ofLists) as ListSection[]
export const singleSections = Object.keys(ofSingles) as SingleSection[]

/** A clause of a list in words; what its texts say (title, documents) is not repeated. */
export function clauseWords<Section extends ListSection>(
  section: Section,
  clause: Lists[Section][number],
  words: Vocabulary,
  document: Document,
): Phrase[] {
  return ofLists[section](clause, words, document)
}

/** A part that is one thing in words; nothing where it is not there. */
export function singleWords<Section extends SingleSection>(
  section: Section,
  value: Document[Section],
  words: Vocabulary,
): Phrase[] {
  return value === null ? [] : ofSingles[section](value, words)
}
