import type { Language } from '@ustaz/core/contract'
import { createI18n } from 'vue-i18n'
import { pluralForm } from './logic/plural.ts'

type Messages = Record<string, unknown>
const loaders: Record<Language, () => Promise<{ default: Messages }>> = {
  kk: () => import('./messages/kk.json'),
  ru: () => import('./messages/ru.json'),
  en: () => import('./messages/en.json'),
}

export const i18n = createI18n({
  legacy: false,
  locale: 'kk',
  fallbackLocale: [] as string[],
  messages: {} as Record<string, Messages>,
  pluralRules: {
    kk: (count, forms) => pluralForm('kk', count, forms),
    ru: (count, forms) => pluralForm('ru', count, forms),
    en: (count, forms) => pluralForm('en', count, forms),
  },
  missingWarn: import.meta.env.DEV,
  fallbackWarn: false,
})

/** Loads a language's texts (once) and shows the product in it. */
export async function showLanguage(language: Language): Promise<void> {
  if (!i18n.global.availableLocales.includes(language)) {
    const { default: texts } = await loaders[language]()
    i18n.global.mergeLocaleMessage(language, texts)
  }
  i18n.global.locale.value = language
  document.documentElement.lang = language
}
