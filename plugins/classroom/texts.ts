import type { Language } from '@ustaz/core/contract'
import type { Messages } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export const messages: Readonly<Record<Language, Messages>> = { kk, ru, en }

type Coded = { code: string; params: Record<string, string | number> }

/** The text of a code, its {placeholders} filled; the code itself where there is none, so that a forgotten text is seen. */
export function textOf(language: Language, group: 'refusals', { code, params }: Coded) {
  const texts = messages[language][group]
  const text = typeof texts === 'object' ? texts[code] : undefined
  const message = (typeof text === 'string' ? text : code).replace(
    /\{(\w+)\}/g,
    (placeholder, name: string) => String(params[name] ?? placeholder),
  )
  return { code, params, message }
}
