import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { Language } from '../contract/text.ts'
import { coreMessages, findText, translate } from '../messages/message.ts'
import type { Messages } from '../plugin/definition.ts'
import type { StoredReason } from '../rating/results/ranking.ts'
import { titlesOf } from '../rating/results/teacher-result.ts'

/** What the words of a reason are made from. */
export interface ReasonNames {
  document: RegulationDocument
  /** Names of positions by code, in the reader's language. */
  positions: ReadonlyMap<string, string>
  /** A plugin's texts in all languages; null: the plugin does not run any more. */
  messagesOf(plugin: string): Readonly<Record<Language, Messages>> | null
}

/** Why a teacher is blocked or excluded, in words: clauses, positions and values by their names instead of their ids. */
export function reasonInWords(reason: StoredReason, names: ReasonNames, language: Language): string {
  const { position, value, factNo, teacher } = reason.params
  return translate(language, `reason.${reason.code}`, {
    ...reason.params,
    clause: reason.clause === null ? null : clauseName(reason.clause, names.document, language),
    ...(typeof position === 'string' ? { position: names.positions.get(position) ?? position } : {}),
    ...(reasonsAboutValues.has(reason.code) && typeof value === 'string'
      ? { value: valueName(value, reason.clause, names, language) }
      : {}),
    ...(typeof teacher === 'string' ? { factNo: `${String(factNo)} (${teacher})` } : {}),
  })
}

/** Reasons whose `value` is the name of a value of a fact. */
const reasonsAboutValues = new Set(['value-unknown', 'value-without-points'])

function clauseName(id: string, document: RegulationDocument, language: Language): string {
  const title = titlesOf(document).get(id)?.[language]
  return title === undefined ? id : `${id} «${title}»`
}

/** Core's own word for the value, or the label that the form of the criterion's kind of evidence gives it. */
function valueName(value: string, clause: string | null, names: ReasonNames, language: Language): string {
  const ofCore = findText(coreMessages[language], `value.${value}`)
  if (ofCore !== null) return ofCore
  const indicator = names.document.criteria.find(({ id }) => id === clause)?.indicator
  const [plugin, kind] = indicator?.split('.') ?? []
  const messages = plugin === undefined ? null : names.messagesOf(plugin)
  return (messages && findText(messages[language], `kinds.${kind}.fields.${value}`)) ?? value
}
