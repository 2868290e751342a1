import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'

export interface PersonNames {
  /** The personnel number. */
  code: string
  /** Whole names as they are written anywhere, and what names nobody else: e-mail, ORCID. Longest first. */
  whole: string[]
  /** Family names alone, where nobody else in the person's evidence has the same. */
  parts: string[]
}

/** How a person is called in what is stored. */
export async function namesOfPerson(trx: Transaction<CoreTables>, teacherId: number): Promise<PersonNames> {
  const teacher = await trx
    .selectFrom('teacher')
    .select(['code', 'family_name', 'given_name', 'patronymic', 'latin_name', 'orcid'])
    .where('id', '=', teacherId)
    .executeTakeFirstOrThrow()
  const { rows: written } = await sql<{ name: string }>`
    select name from core.evidence_participant where teacher_id = ${teacherId}
    union select name from core.account where teacher_id = ${teacherId}
    union select email from core.account where teacher_id = ${teacherId} and email is not null`.execute(trx)
  const { family_name: family, given_name: given, patronymic, latin_name: latin } = teacher
  const whole = [
    ...([family, given, patronymic].filter((part) => part !== null).length === 3
      ? [`${family} ${given} ${patronymic}`, `${given} ${patronymic} ${family}`]
      : []),
    `${family} ${given}`,
    `${given} ${family}`,
    ...(latin === null ? [] : [latin]),
    ...(teacher.orcid === null ? [] : [teacher.orcid]),
    ...written.map(({ name }) => name),
  ]
  const isShared = await hasNamesake(trx, teacherId, family)
  const parts = isShared ? [] : [family, ...(latin === null ? [] : latin.split(' ').slice(0, 1))]
  return { code: teacher.code, whole: longestFirst(whole), parts: longestFirst(parts) }
}

/** What is too short to be a name is no text to be replaced; the number itself stays. */
function longestFirst(words: readonly string[]): string[] {
  return [...new Set(words.filter((word) => word.trim().length > 3))].sort((a, b) => b.length - a.length)
}

/** Somebody else with the family name takes part in the same evidence. */
async function hasNamesake(
  trx: Transaction<CoreTables>,
  teacherId: number,
  family: string,
): Promise<boolean> {
  const { rows } = await sql<{ shared: boolean }>`
    select exists (
      select from core.evidence_participant own
      join core.evidence_participant other on other.evidence_id = own.evidence_id and other.ordinal <> own.ordinal
      where own.teacher_id = ${teacherId} and strpos(other.name, ${family}) > 0
    ) as shared`.execute(trx)
  return rows[0]!.shared
}

/** Columns in which people write: of the person's evidence, and of notices to others. */
const texts = [
  { table: 'evidence', columns: { title: 'text', data: 'jsonb' }, own: 'id' },
  {
    table: 'evidence_change',
    columns: { reason: 'text', before: 'jsonb', after: 'jsonb' },
    own: 'evidence_id',
  },
  { table: 'evidence_file', columns: { name: 'text' }, own: 'evidence_id' },
  { table: 'notice', columns: { params: 'jsonb' }, own: null },
] as const

/** Puts the personnel number in the place of the person's names in texts: family names alone only in the person's own evidence. */
export async function replaceNames(
  trx: Transaction<CoreTables>,
  teacherId: number,
  { code, whole, parts }: PersonNames,
): Promise<void> {
  for (const { table, columns, own } of texts) {
    for (const [column, type] of Object.entries(columns)) {
      for (const word of own === null ? whole : [...whole, ...parts]) {
        const [from, to] = type === 'jsonb' ? [inJson(word), inJson(code)] : [word, code]
        const text = sql`${sql.ref(column)}::text`
        const isOwn =
          own === null
            ? sql`true`
            : sql`${sql.ref(own)} in
          (select p.evidence_id from core.evidence_participant p where p.teacher_id = ${teacherId})`
        await sql`update ${sql.table(`core.${table}`)}
          set ${sql.ref(column)} = replace(${text}, ${from}, ${to})::${sql.raw(type)}
          where ${isOwn} and strpos(${text}, ${from}) > 0`.execute(trx)
      }
    }
  }
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
