import type { Language } from '@ustaz/core/contract'

const categories: Record<Language, readonly Intl.LDMLPluralRule[]> = {
  kk: ['one', 'other'],
  ru: ['one', 'few', 'many'],
  en: ['one', 'other'],
}

/**
 * Which of a message's forms ("one | few | many") a whole count takes, from 0. A message with fewer forms than the
 * language has gives its last one.
 */
export function pluralForm(language: Language, count: number, forms: number): number {
  const category = new Intl.PluralRules(language).select(Math.abs(count))
  const index = categories[language].indexOf(category)
  return Math.min(index === -1 ? categories[language].length - 1 : index, forms - 1)
}
