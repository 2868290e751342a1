import type { LocalizedText } from '@ustaz/core/contract'

/** A message key with what fills its placeholders, all of it in words already. */
export interface Phrase {
  key: string
  params: Record<string, string>
}

/** The reader's words for what the rules of facts of one kind name; of no kind: rules about teachers. */
export interface RuleVocabulary {
  number(decimal: string): string
  /** A value's name: printed sheets, quartile. */
  value(name: string): string
  /** What a value is called when it is one of a list: "Q1", "international". */
  option(name: string, option: string | boolean): string
  /** What each of the counted units is called: "for each printed sheet". */
  unit(unit: string): string
  /** What a word of the schema is called: `word('norm.mode', 'ratio')`. */
  word(field: string, option: string): string
  /** What a kind of a part is called: `kindOf('scale', 'min-max')`. */
  kindOf(part: string, kind: string): string
  /** A clause by its id, with its title where it has one. */
  clause(id: string): string
  /** A month and day such as 09-01. */
  monthDay(day: string): string
  /** What stands for a value that nobody knows. */
  unknown: string
  /** A phrase in words, where it stands within another. */
  say(phrase: Phrase): string
}

/** The reader's words for all that a regulation names. */
export interface Vocabulary extends Omit<RuleVocabulary, 'value' | 'option'> {
  /** Words for the facts of a kind; null: for teachers, or where several kinds may be meant. */
  of(indicator: string | null): RuleVocabulary
  kind(indicator: string): string
  position(code: string): string
  weighting(id: string): string
  day(day: string): string
  /** A text of the regulation in the reader's language. */
  localized(text: LocalizedText): string
}

export const phrase = (key: string, params: Record<string, string> = {}): Phrase => ({ key, params })

/** The phrase where there is something to say. */
export function whenSet<T>(value: T | null | undefined, say: (value: T) => Phrase): Phrase[] {
  return value === null || value === undefined ? [] : [say(value)]
}

/** "A — 1; B — 2": rows of a table, each with what it gives. */
export function rows(pairs: readonly (readonly [name: string, value: string])[]): string {
  return pairs.map(([name, value]) => `${name}\u00a0\u2014 ${value}`).join('; ')
}
