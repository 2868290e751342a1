import type { Transaction } from 'kysely'
import { languages } from '../../contract/text.ts'
import type { Language } from '../../contract/text.ts'
import type { CoreTables } from '../../database/tables.ts'
import { translate } from '../../messages/message.ts'
import { toLookUp } from './read-value.ts'
import type { Choice, Choices } from './read-value.ts'

/** Values whose names stand in the messages, with short forms seen in personnel tables. */
const named = {
  'unit-kind': {
    university: ['вуз', 'жоо'],
    faculty: [],
    department: [],
    structural: ['отдел', 'управление', 'бөлім', 'басқарма'],
  },
  sex: { female: ['f', 'ж', 'жен', 'ә', 'әйел адам'], male: ['m', 'м', 'муж', 'е', 'ер адам'] },
  'leave-kind': {
    maternity: ['декрет'],
    sick: ['больничный лист'],
    sabbatical: [],
    unpaid: ['бс'],
    other: [],
  },
} as const satisfies Record<string, Record<string, readonly string[]>>

/** What cells may name, by code or by name in any of the three languages. */
export async function loadChoices(trx: Transaction<CoreTables>, language: Language): Promise<Choices> {
  return {
    'unit-kind': toLookUp(choicesOf('unit-kind', language)),
    sex: toLookUp(choicesOf('sex', language)),
    'leave-kind': toLookUp(choicesOf('leave-kind', language)),
    position: toLookUp(await readCodedNames(trx, 'position', language)),
    degree: toLookUp(await readCodedNames(trx, 'degree', language)),
  }
}

export function choicesOf(list: keyof typeof named, language: Language): Choice[] {
  return Object.entries<readonly string[]>(named[list]).map(([code, shortForms]) => {
    const nameIn = (language: Language) => translate(language, `import.values.${list}.${code}`)
    return { code, title: nameIn(language), names: [...languages.map(nameIn), ...shortForms] }
  })
}

async function readCodedNames(
  trx: Transaction<CoreTables>,
  table: 'position' | 'degree',
  language: Language,
): Promise<Choice[]> {
  const rows = await trx.selectFrom(table).select(['code', 'name']).orderBy('sort_order').execute()
  return rows.map(({ code, name }) => ({ code, title: name[language], names: Object.values(name) }))
}
