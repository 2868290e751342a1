import type { ProblemParams } from '../contract/problem.ts'
import type { Language } from '../contract/text.ts'
import type { Messages } from '../plugin/definition.ts'
import { coreMessages, fill, findText } from './message.ts'

/** Texts of core and of the running plugins: a code that starts with a plugin's id and a dot is that plugin's. */
export interface Texts {
  problem(language: Language, code: string, params: ProblemParams): { title: string; detail: string }
  /** With the line it stands in before it, where params have a `sourceLine`. */
  issue(language: Language, code: string, params: ProblemParams): string
}

type MessagesOf = (pluginId: string) => Readonly<Record<Language, Messages>> | null

/** `messagesOf`: the messages of a plugin by its id; null: there is no such plugin. */
export function createTexts(messagesOf: MessagesOf = () => null): Texts {
  const find = (language: Language, group: string, code: string, rest = '') =>
    findText(coreMessages[language], `${group}.${code}${rest}`) ??
    findInPlugin(messagesOf, language, group, `${code}${rest}`)
  return {
    problem(language, code, params) {
      const detail = find(language, 'problem', code, '.detail') ?? find(language, 'problem', code)
      const title = find(language, 'problem', code, '.title')
      return {
        title: fill(title ?? findText(coreMessages[language], 'problem.other.title') ?? code, params),
        detail: fill(detail ?? code, params),
      }
    },
    issue(language, code, params) {
      const message = fill(find(language, 'issue', code) ?? code, params)
      const atLine = 'sourceLine' in params ? findText(coreMessages[language], 'issue.at-line') : null
      return atLine === null ? message : fill(atLine, { ...params, message })
    },
  }
}

function findInPlugin(
  messagesOf: MessagesOf,
  language: Language,
  group: string,
  code: string,
): string | null {
  const dot = code.indexOf('.')
  const messages = dot > 0 ? messagesOf(code.slice(0, dot)) : null
  return messages ? findText(messages[language], `${group}.${code.slice(dot + 1)}`) : null
}
