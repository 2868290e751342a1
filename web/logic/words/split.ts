import type { Split } from '@ustaz/core/contract'
import { phrase, rows, whenSet } from './vocabulary.ts'
import type { Phrase, RuleVocabulary } from './vocabulary.ts'

/** What a fact's points become when several people share the work. */
export function splitWords(split: Split, words: RuleVocabulary): Phrase[] {
  return [
    partWords(split, words),
    ...whenSet(split.minimum, ({ of, perParticipant }) =>
      phrase('rule.minimum', { minimum: words.number(perParticipant), value: words.value(of) }),
    ),
  ]
}

function partWords(split: Split, words: RuleVocabulary): Phrase {
  switch (split.kind) {
    case 'equal':
      return phrase('rule.splitEqual')
    case 'share':
      return phrase('rule.splitShare')
    case 'by-count':
      return phrase('rule.splitByCount', {
        list: rows(Object.entries(split.parts).map(([count, part]) => [count, words.number(part)])),
        beyond: split.beyond === 'equal' ? words.word('split.beyond', 'equal') : words.number(split.beyond),
      })
    case 'by-role':
      return phrase(split.othersDivide ? 'rule.splitByRoleDivided' : 'rule.splitByRole', {
        roles: split.leading.map((role) => words.option('role', role)).join(', '),
        leading: words.number(split.leadingPart),
        others: words.number(split.othersPart),
      })
    case 'by-order':
      return phrase('rule.splitByOrder', {
        list: rows(split.parts.map((part, index) => [`${index + 1}`, words.number(part)])),
        beyond: words.number(split.beyond),
      })
    case 'formula':
      return phrase('rule.splitFormula', { formula: split.formula })
  }
}
