import type { Messages } from '@ustaz/core/plugin'
import type { Language } from '@ustaz/core/contract'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export const messages: Readonly<Record<Language, Messages>> = { kk, ru, en }

/** A code with its values and what it says in the reader's language. */
export type Text = { code: string; params: Record<string, string | number>; message: string }
type Coded = { code: string; params: Record<string, string | number> }
type Group = 'notes' | 'refusals' | 'reasons' | 'offline' | 'issue'

const at = (language: Language, group: string, code: string): string | null => {
  const texts = messages[language][group]
  const found = typeof texts === 'object' ? texts[code] : undefined
  return typeof found === 'string' ? found : null
}

/** Systems of transliteration have names of their own; a dot would divide a key of messages. */
function valueOf(language: Language, name: string, value: string | number): string {
  const named = name === 'system' ? at(language, 'systems', String(value).replaceAll('.', '')) : null
  return named ?? String(value)
}

/** The text of a code, its {placeholders} filled; the code itself where there is none, so that a forgotten text is seen. */
export function textOf(language: Language, group: Group, { code, params }: Coded): Text {
  const text = at(language, group, code) ?? code
  const message = text.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = params[name]
    return value === undefined ? placeholder : valueOf(language, name, value)
  })
  return { code, params, message: message.trim() }
}
