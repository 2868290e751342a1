import { sql } from 'kysely'
import type { Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { DeclaredTable } from './rows-of-person.ts'

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

/**
 * Puts the personnel number in the place of the person's names in the declared texts of the person's rows; whole names also in notices to
 * others.
 */
export async function replaceNames(
  trx: Transaction<CoreTables>,
  tables: readonly DeclaredTable[],
  { teacherId, names: { code, whole, parts } }: { teacherId: number; names: PersonNames },
): Promise<void> {
  const places = [
    ...tables.map(({ name, personal: { texts = {} }, isOf }) => ({
      name,
      texts,
      where: isOf(teacherId),
      words: [...whole, ...parts],
    })),
    { name: 'core.notice', texts: { params: 'jsonb' as const }, where: sql`true`, words: whole },
  ]
  for (const { name, texts, where, words } of places) {
    for (const [column, type] of Object.entries(texts)) {
      for (const word of words) {
        const [from, to] = type === 'jsonb' ? [inJson(word), inJson(code)] : [word, code]
        const text = sql`${sql.ref(column)}::text`
        await sql`update ${sql.table(name)}
          set ${sql.ref(column)} = replace(${text}, ${from}, ${to})::${sql.raw(type)}
          where ${where} and strpos(${text}, ${from}) > 0`.execute(trx)
      }
    }
  }
}

const inJson = (text: string) => JSON.stringify(text).slice(1, -1)
