import type { Language } from '@ustaz/core/contract'
import { createI18n } from 'vue-i18n'
import { pluralForm } from './logic/plural.ts'

/** Messages are nested objects whose leaves are texts. */
interface Messages {
  [key: string]: string | Messages
}
const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  kk: () => import('./messages/kk.json'),
  ru: () => import('./messages/ru.json'),
  en: () => import('./messages/en.json'),
}
const noTexts: Record<Language, Messages> = { kk: {}, ru: {}, en: {} }

export const i18n = createI18n<false>({
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- must be said until vue-i18n 12 makes it the only way
  legacy: false,
  locale: 'kk',
  fallbackLocale: [],
  messages: noTexts,
  pluralRules: {
    kk: (count, forms) => pluralForm('kk', count, forms),
    ru: (count, forms) => pluralForm('ru', count, forms),
    en: (count, forms) => pluralForm('en', count, forms),
  },
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

const loaded = new Set<Language>()

/** Loads a language's texts (once) and shows the product in it. */
export async function showLanguage(language: Language): Promise<void> {
  if (!loaded.has(language)) {
    const { default: texts } = await loaders[language]()
    i18n.global.mergeLocaleMessage(language, texts)
    loaded.add(language)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
