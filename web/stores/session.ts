import { chooseLanguage, getSession, languageSchema } from '@ustaz/core/contract'
import type { Language, SignedIn } from '@ustaz/core/contract'
import { defineStore } from 'pinia'
import type { Pinia } from 'pinia'
import { computed, ref } from 'vue'
import { callServer } from '../api/call-server.ts'
import { showLanguage } from '../i18n.ts'
import { applyTheme, readTheme } from './theme.ts'
import type { Theme } from './theme.ts'

const languageKey = 'ustaz.language'

/** Who is signed in, and what this browser remembers: the language, light or dark. */
export const useSession = defineStore('session', () => {
  const language = ref<Language>('kk')
  /** null: nobody, or the server could not be asked. */
  const account = ref<SignedIn | null>(null)
  /** Whether one can sign in as anybody by one click. */
  const demo = ref(false)
  /** IANA name of the university's time zone; the browser's until the server has said it. */
  const timeZone = ref(Intl.DateTimeFormat().resolvedOptions().timeZone)
  const theme = ref<Theme>('system')

  async function chooseLanguageOf(next: Language): Promise<void> {
    await showLanguage(next)
    language.value = next
    localStorage.setItem(languageKey, next)
  }
  function chooseTheme(next: Theme): void {
    theme.value = next
    applyTheme(next)
  }
  return {
    language,
    account,
    accountId: computed(() => account.value?.id ?? null),
    /** Whether nothing but setting up the second factor is let through yet. */
    isHeld: computed(() => account.value?.limit === 'second-factor'),
    demo,
    timeZone,
    theme,
    chooseLanguage: chooseLanguageOf,
    chooseTheme,
  }
})

/** Reads what the browser remembers, loads the texts and asks who is signed in, before the first screen is drawn. */
export async function startSession(pinia: Pinia): Promise<void> {
  const session = useSession(pinia)
  const stored = languageSchema.safeParse(localStorage.getItem(languageKey))
  session.language = stored.success ? stored.data : chooseLanguage(navigator.languages.join(','))
  session.chooseTheme(readTheme())
  await Promise.all([showLanguage(session.language), askWhoIsSignedIn(session)])
}

/** Where the server does not answer nobody is signed in: the page of sign-in asks once more and shows the error. */
async function askWhoIsSignedIn(session: ReturnType<typeof useSession>): Promise<void> {
  const found = await callServer(getSession, {}, session.language).catch(() => null)
  session.account = found?.account ?? null
  session.demo = found?.ways.demo ?? false
  if (found) session.timeZone = found.timeZone
}
