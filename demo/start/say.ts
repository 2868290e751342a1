import { chooseLanguage } from '../../core/contract/text.ts'
import type { Language } from '../../core/contract/text.ts'
import { UstazError } from '../../core/contract/problem.ts'
import { describeFailure } from '../../core/commands/speak.ts'
import { fill, findText } from '../../core/messages/message.ts'
import type { MessageParams } from '../../core/messages/message.ts'
import { createTexts } from '../../core/messages/texts.ts'
import en from '../messages/en.json' with { type: 'json' }
import kk from '../messages/kk.json' with { type: 'json' }
import ru from '../messages/ru.json' with { type: 'json' }

const messages = { kk, ru, en }

/** The language this machine is set to; English where it is set to none of ours. */
export const language: Language = chooseLanguage(
  `${new Intl.DateTimeFormat().resolvedOptions().locale}, en;q=0.1`,
)

export function textOf(key: string, params: MessageParams = {}): string {
  return fill(findText(messages[language], key) ?? key, params)
}

export function say(key: string, params: MessageParams = {}): void {
  clearProgress()
  process.stdout.write(`${textOf(key, params)}\n`)
}

let shown = false
let lastProgress = 0
const progressMilliseconds = 5000

/** Says how far something is: on a terminal in one line that is written over, elsewhere a line now and then. */
export function sayProgress(key: string, params: MessageParams): void {
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\u001b[K${textOf(key, params)}`)
    shown = true
  } else if (Date.now() - lastProgress > progressMilliseconds) {
    lastProgress = Date.now()
    process.stdout.write(`${textOf(key, params)}\n`)
  }
}

function clearProgress(): void {
  if (shown) process.stdout.write('\r\u001b[K')
  shown = false
}

/** Says on standard error why it failed and what to do. */
export function sayFailure(error: unknown): void {
  clearProgress()
  process.stderr.write(`${describe(error)}\n`)
}

function describe(error: unknown): string {
  if (!(error instanceof UstazError) || !error.code.startsWith('demo.')) return describeFailure(error)
  const { title, detail } = createTexts(() => messages).problem(language, error.code, error.params)
  return `${title}. ${detail}`
}
