import type { Language } from '../contract/text.ts'
import type { Messages } from '../plugin/definition.ts'
import en from './en.json' with { type: 'json' }
import kk from './kk.json' with { type: 'json' }
import ru from './ru.json' with { type: 'json' }

/** Core's own texts. */
export const coreMessages: Readonly<Record<Language, Messages>> = { kk, ru, en }

export type MessageParams = Readonly<Record<string, unknown>>

/**
 * The text under a key ("issue.missing": nested objects), its {placeholders} filled. Where core has no such text the key
 * itself is answered, so that a forgotten text is seen; a test holds that none is forgotten.
 */
export function translate(language: Language, key: string, params: MessageParams = {}): string {
  const text = findText(coreMessages[language], key)
  return text === null ? key : fill(text, params)
}

/** The text under a key of these messages; null: there is none (or the key names a group of texts). */
export function findText(messages: Messages, key: string): string | null {
  let found: string | Messages | undefined = messages
  for (const part of key.split('.')) {
    if (typeof found !== 'object' || !Object.hasOwn(found, part)) return null
    found = found[part]
  }
  return typeof found === 'string' ? found : null
}

/** Puts values in place of {names}; lists are joined by commas, what is unknown is a dash. Names without a value stay. */
export function fill(text: string, params: MessageParams): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(params, name) ? shown(params[name]) : placeholder,
  )
}

function shown(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (Array.isArray(value)) return value.map(shown).join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}
