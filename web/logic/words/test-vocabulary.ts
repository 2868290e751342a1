import type { RuleVocabulary, Vocabulary } from './vocabulary.ts'

/** For tests: every word is what it stands for, so that a sentence shows whether it says something. */
export const plainRules: RuleVocabulary = {
  number: (decimal) => decimal,
  value: (name) => `<${name}>`,
  option: (_, option) => String(option),
  unit: (unit) => unit,
  word: (_, option) => option,
  kindOf: (_, kind) => kind,
  clause: (id) => id,
  monthDay: (day) => day,
  unknown: '?',
  say: ({ key, params }) => `${key}(${Object.values(params).join(' ')})`,
}

export const plainWords: Vocabulary = {
  ...plainRules,
  of: (indicator) => ({ ...plainRules, value: (name) => `<${indicator ?? 'teacher'} ${name}>` }),
  kind: (indicator) => indicator,
  position: (code) => code,
  weighting: (id) => id,
  day: (day) => day,
  localized: ({ en }) => en,
}
