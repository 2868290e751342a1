import { chooseLanguage, languageSchema } from '@ustaz/core/contract'
import type { Language } from '@ustaz/core/contract'
import { defineStore } from 'pinia'
import type { Pinia } from 'pinia'
import { ref } from 'vue'
import { showLanguage } from '../i18n.ts'
import { applyTheme, readTheme } from './theme.ts'
import type { Theme } from './theme.ts'

const languageKey = 'ustaz.language'
const accountKey = 'ustaz.account'

/** What this browser remembers: the language, light or dark, and the account one acts as. */
export const useSession = defineStore('session', () => {
  const language = ref<Language>('kk')
  const accountId = ref<number | null>(null)
  const theme = ref<Theme>('system')

  async function chooseLanguageOf(next: Language): Promise<void> {
    await showLanguage(next)
    language.value = next
    localStorage.setItem(languageKey, next)
  }
  /** null: whoever the server proposes. */
  function actAs(id: number | null): void {
    accountId.value = id
    if (id === null) localStorage.removeItem(accountKey)
    else localStorage.setItem(accountKey, String(id))
  }
  function chooseTheme(next: Theme): void {
    theme.value = next
    applyTheme(next)
  }
  return { language, accountId, theme, chooseLanguage: chooseLanguageOf, actAs, chooseTheme }
})

/** Reads what the browser remembers and loads the texts, before the first screen is drawn. */
export async function startSession(pinia: Pinia): Promise<void> {
  const session = useSession(pinia)
  const stored = languageSchema.safeParse(localStorage.getItem(languageKey))
  session.language = stored.success ? stored.data : chooseLanguage(navigator.languages.join(','))
  const account = Number(localStorage.getItem(accountKey))
  session.accountId = Number.isInteger(account) && account > 0 ? account : null
  session.chooseTheme(readTheme())
  await showLanguage(session.language)
}
