import type { Condition } from '@ustaz/core/contract'
import { phrase } from './vocabulary.ts'
import type { Phrase, RuleVocabulary } from './vocabulary.ts'

/** All conditions in one sentence; nothing where there are none. */
export function conditionWords(
  where: readonly Condition[],
  words: RuleVocabulary,
  key = 'rule.where',
): Phrase[] {
  return where.length === 0 ? [] : [phrase(key, { list: conditionList(where, words) })]
}

export function conditionList(where: readonly Condition[], words: RuleVocabulary): string {
  return where.map((one) => conditionText(one, words)).join('; ')
}

function conditionText(condition: Condition, words: RuleVocabulary): string {
  const parts = [
    ...(condition.value === undefined ? [] : comparisons(condition.value, condition, words)),
    ...(condition.any
      ? [
          words.say(
            phrase('rule.any', { list: condition.any.map((one) => conditionText(one, words)).join(' / ') }),
          ),
        ]
      : []),
    ...(condition.formula === undefined ? [] : [condition.formula]),
  ]
  return parts.join(', ')
}

/** Every comparison of a value that is asked for, one after the other. */
function comparisons(name: string, condition: Condition, words: RuleVocabulary): string[] {
  const value = words.value(name)
  const listed = (options: readonly (string | boolean)[]) =>
    options.map((option) => words.option(name, option)).join(', ')
  const bound = (sign: string, number: string | undefined) =>
    number === undefined ? [] : [`${sign}\u00a0${words.number(number)}`]
  const bounds = [
    ...bound('\u2265', condition.atLeast),
    ...bound('>', condition.above),
    ...bound('\u2264', condition.atMost),
    ...bound('<', condition.below),
  ]
  return [
    ...(condition.is ? [`${value}: ${listed(condition.is)}`] : []),
    ...(condition.isNot ? [`${value} \u2260 ${listed(condition.isNot)}`] : []),
    ...(bounds.length > 0 ? [`${value} ${bounds.join(', ')}`] : []),
    ...(condition.unknown ? [`${value}: ${words.unknown}`] : []),
  ]
}
