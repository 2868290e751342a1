import messages from './messages.js'

export const languages = ['kk', 'ru', 'en'] as const
export type Language = (typeof languages)[number]
export type Words = Readonly<Record<Language, string>>

const names: Words = { kk: 'Қазақша', ru: 'Русский', en: 'English' }
const key = 'language'

export const nameOf = (language: Language) => names[language]

/** What was chosen here before, else what the phone speaks, else Kazakh. */
export function findLanguage(): Language {
  const wanted = [localStorage.getItem(key) ?? '', ...navigator.languages].map((tag) => tag.slice(0, 2))
  return wanted.map((tag) => languages.find((one) => one === tag)).find((one) => one !== undefined) ?? 'kk'
}

export function keepLanguage(language: Language): void {
  localStorage.setItem(key, language)
}

/** A text of the page, {placeholders} filled. */
export function say(language: Language, text: string, values: Readonly<Record<string, string>> = {}): string {
  const found = messages[language][text] ?? text
  return found.replace(/\{(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder)
}
