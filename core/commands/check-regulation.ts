import { readFile } from 'node:fs/promises'
import { UstazError } from '../contract/problem.ts'
import type { Finding } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { Language } from '../contract/text.ts'
import { translate } from '../messages/message.ts'
import { createTexts } from '../messages/texts.ts'
import type { Texts } from '../messages/texts.ts'
import { examineDocument } from '../regulation/examine-document.ts'
import { readRegulation } from '../regulation/parse-document.ts'
import type { RegulationText } from '../regulation/parse-document.ts'
import { readSupply } from '../regulation/read-supply.ts'
import { createLog } from './command-log.ts'
import { openScratch } from './open-scratch.ts'

export interface CheckOptions {
  file: string
  language: Language
}

/**
 * Checks a regulation in a file as its approval would: form, linter, worked examples by the engine, on a database of its own.
 * Says every finding with its line. Answers the exit status: 0 no errors, 1 errors.
 */
export async function checkRegulation({ file, language }: CheckOptions): Promise<0 | 1> {
  const source = await readSource(file)
  const read = readForm(source)
  if ('issues' in read) {
    report(read.issues, { language, texts: createTexts(), file })
    return 1
  }
  const scratch = await openScratch(createLog('error'))
  try {
    const { db, host } = scratch
    const { document } = read
    const found = await examineDocument(db, document, { supply: await readSupply(db, host), sources: host })
    const texts = createTexts((plugin) => host.messagesOf(plugin))
    report(
      found.map((one) => withLine(one, read)),
      { language, texts, file, document },
    )
    return found.some(({ severity }) => severity === 'error') ? 1 : 0
  } finally {
    await scratch.stop()
  }
}

async function readSource(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UstazError('file-unreadable', { params: { file, reason }, cause })
  }
}

/** The document, or what keeps it from being one. */
function readForm(source: Buffer): RegulationText | { issues: Finding[] } {
  try {
    return readRegulation(source)
  } catch (error) {
    if (!(error instanceof UstazError) || error.issues.length === 0) throw error
    return { issues: error.issues.map((fault) => ({ ...fault, severity: 'error' })) }
  }
}

function withLine(finding: Finding, { lineAt }: RegulationText): Finding {
  return { ...finding, params: { ...finding.params, sourceLine: lineAt(finding.path) } }
}

const order = ['error', 'warning', 'note'] as const

function report(
  findings: readonly Finding[],
  {
    language,
    texts,
    file,
    document,
  }: { language: Language; texts: Texts; file: string; document?: RegulationDocument },
): void {
  const say = (key: string, params: Record<string, unknown>) => {
    process.stdout.write(`${translate(language, `command.regulation.${key}`, params)}\n`)
  }
  if (document)
    say('read', {
      title: document.title[language],
      version: document.version,
      criteria: document.criteria.length,
    })
  for (const severity of order) {
    for (const { path, code, params } of findings.filter((one) => one.severity === severity)) {
      say(severity, { message: texts.issue(language, code, params), path })
    }
  }
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length
  const counts = { errors: count('error'), warnings: count('warning'), notes: count('note') }
  const examples = document?.examples.length ?? 0
  say(counts.errors === 0 ? 'passed' : 'failed', { ...counts, examples, file })
}
