import type { Language } from '@ustaz/core/contract'
import type { Messages } from '@ustaz/core/plugin'
import en from './messages/en.json' with { type: 'json' }
import kk from './messages/kk.json' with { type: 'json' }
import ru from './messages/ru.json' with { type: 'json' }

export const messages: Readonly<Record<Language, Messages>> = { kk, ru, en }

type Coded = { code: string; params: Record<string, string | number> }

/** The text of a code as it stands in the messages; the code itself where there is none. */
export function nameOf(
  language: Language,
  group: 'refusals' | 'faults' | 'quantities',
  code: string,
): string {
  const texts = messages[language][group]
  const text = typeof texts === 'object' ? texts[code] : undefined
  return typeof text === 'string' ? text : code
}

/** The text of a code, its {placeholders} filled; the code itself where there is none, so that a forgotten text is seen. */
export function textOf(language: Language, group: 'refusals' | 'faults', { code, params }: Coded) {
  const message = nameOf(language, group, code).replace(/\{(\w+)\}/g, (placeholder, name: string) =>
    String(params[name] ?? placeholder),
  )
  return { code, params, message }
}
