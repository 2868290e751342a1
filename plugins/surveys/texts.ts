import type { Language } from '@ustaz/core/contract'
import type { Messages } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export const messages: Readonly<Record<Language, Messages>> = { kk, ru, en }

/** A text of the plugin by its key, {placeholders} filled; the key itself where there is none, so that a forgotten text is seen. */
export function textOf(
  language: Language,
  key: string,
  values: Readonly<Record<string, string>> = {},
): string {
  let found: Messages | string | undefined = messages[language]
  for (const part of key.split('.')) found = typeof found === 'object' ? found[part] : undefined
  return (typeof found === 'string' ? found : key).replace(
    /\{(\w+)\}/g,
    (placeholder, name: string) => values[name] ?? placeholder,
  )
}
