import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { Language, LocalizedText } from '../contract/text.ts'
import { findText, translate } from '../messages/message.ts'
import type { Messages } from '../plugin/definition.ts'
import type { StoredReason } from '../rating/results/ranking.ts'

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
  const { position, value } = reason.params
  return translate(language, `reason.${reason.code}`, {
    ...reason.params,
    clause: reason.clause === null ? null : clauseName(reason.clause, names.document, language),
    ...(typeof position === 'string' ? { position: names.positions.get(position) ?? position } : {}),
    ...(reason.code === 'value-unknown' && typeof value === 'string'
      ? { value: valueName(value, reason.clause, names, language) }
      : {}),
  })
}

function clauseName(id: string, document: RegulationDocument, language: Language): string {
  const clauses: readonly { id: string; title: LocalizedText }[] = [
    ...document.areas,
    ...document.criteria,
    ...document.norms,
    ...document.eligibility,
  ]
  const title = clauses.find((clause) => clause.id === id)?.title[language]
  return title === undefined ? id : `${id} «${title}»`
}

/** The label that the form of the criterion's kind of evidence gives the value. */
function valueName(value: string, clause: string | null, names: ReasonNames, language: Language): string {
  const indicator = names.document.criteria.find(({ id }) => id === clause)?.indicator
  const [plugin, kind] = indicator?.split('.') ?? []
  const messages = plugin === undefined ? null : names.messagesOf(plugin)
  return (messages && findText(messages[language], `kinds.${kind}.fields.${value}`)) ?? value
}
