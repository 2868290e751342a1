import { inspect } from 'node:util'
import { UstazError } from '../contract/problem.ts'
import { chooseLanguage } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import type { MessageParams } from '../messages/message.ts'
import { createTexts } from '../messages/texts.ts'

/** The language this machine is set to; English where it is set to none of ours. */
export const language = chooseLanguage(`${new Intl.DateTimeFormat().resolvedOptions().locale}, en;q=0.1`)

/** Says a text of `command.*` on standard output. */
export function say(key: string, params: MessageParams = {}): void {
  process.stdout.write(`${translate(language, `command.${key}`, params)}\n`)
}

/** Says why a command failed and what to do; what nobody foresaw with its whole inside, for it is told to nobody else. */
export function sayFailure(error: unknown): void {
  process.stderr.write(`${describeFailure(error)}\n`)
}

export function describeFailure(error: unknown): string {
  if (!(error instanceof UstazError)) return inspect(error, { depth: 6 })
  const { title, detail } = createTexts().problem(language, error.code, error.params)
  const cause = error.status >= 500 && error.cause instanceof Error ? `\n(${error.cause.message})` : ''
  return `${title}. ${detail}${cause}`
}
