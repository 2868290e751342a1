import { rolesOf, isAction } from '../access/rights.ts'
import type { RegisterEntry } from '../contract/resources/privacy.ts'
import type { Language } from '../contract/text.ts'
import { coreMessages, findText, translate } from '../messages/message.ts'
import type { Messages } from '../plugin/definition.ts'
import type { PersonalData, PersonalTable, Retention } from '../plugin/personal-data.ts'
import type { PluginHost } from '../plugins/host.ts'
import { corePersonalData } from './core-personal-data.ts'

/** What an owner of tables declares: core, or a plugin by its id. */
export interface Declaration {
  owner: string
  data: PersonalData
  /** Texts of the owner; null: core's alone. */
  messages: Readonly<Record<Language, Messages>> | null
}

/** Core's declaration and those of the installed plugins, also of those that are switched off: their tables are there. */
export function readDeclarations(host: PluginHost): Declaration[] {
  return [
    { owner: 'core', data: corePersonalData, messages: null },
    ...host
      .plugins()
      .flatMap(({ definition }) =>
        definition?.personalData
          ? [{ owner: definition.id, data: definition.personalData, messages: definition.messages }]
          : [],
      ),
  ]
}

/** The register of personal data in the reader's language: a line for each table. */
export function readRegister(host: PluginHost, language: Language): RegisterEntry[] {
  return readDeclarations(host).flatMap((declaration) =>
    Object.entries(declaration.data).map(([table, personal]) =>
      entryOf(declaration, table, { personal, language }),
    ),
  )
}

function entryOf(
  declaration: Declaration,
  table: string,
  { personal, language }: { personal: PersonalTable; language: Language },
): RegisterEntry {
  const word = (key: string) => wordOf(declaration, key, language)
  return {
    owner: declaration.owner,
    table,
    purpose: word(`purposes.${personal.purpose}`),
    basis: translate(language, `personalData.basis.${personal.basis}`),
    keep: retentionInWords(personal.keep, language),
    readers: personal.readBy !== null && isAction(personal.readBy) ? rolesOf(personal.readBy) : [],
    columns: personal.columns.map((name) => ({ name, says: word(`columns.${name}`) })),
    erase: erasureInWords(personal, word, language),
  }
}

/** The owner's own text, or core's; the key itself where there is none, which a test finds. */
export function wordOf({ messages }: Declaration, key: string, language: Language): string {
  const path = `personalData.${key}`
  return (messages && findText(messages[language], path)) ?? findText(coreMessages[language], path) ?? path
}

export function retentionInWords(keep: Retention, language: Language): string {
  if ('until' in keep) return translate(language, `personalData.keep.${keep.until}`)
  return 'yearsAfterLeaving' in keep
    ? translate(language, 'personalData.keep.after-leaving', { years: keep.yearsAfterLeaving })
    : translate(language, 'personalData.keep.after-writing', { years: keep.yearsAfterWriting })
}

function erasureInWords({ erase }: PersonalTable, word: (key: string) => string, language: Language): string {
  if (typeof erase === 'string') return translate(language, `personalData.erase.${erase}`)
  return translate(language, 'personalData.erase.columns', {
    columns: Object.keys(erase).map((name) => word(`columns.${name}`)),
  })
}
