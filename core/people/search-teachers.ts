import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { CoreTables } from '../database/tables.ts'
import type { TeacherName } from '../plugin/access.ts'

/** Candidates for one name. */
const limit = 20
/** Word similarity by trigrams from which a name is near: low enough for one letter that differs (Семенов, Семёнов). */
const nearEnough = 0.4

/**
 * For each printed name the teachers one of whose names comes near one of its words, nearest first; initials alone find nobody. Cyrillic finds Cyrillic, Latin finds the Latin name.
 */
export async function searchTeachers(
  db: Kysely<CoreTables>,
  names: readonly string[],
): Promise<TeacherName[][]> {
  const found: TeacherName[][] = names.map(() => [])
  const asked = names.flatMap((name, i) => wordsOf(name).map((word) => ({ no: i, word })))
  if (asked.length === 0) return found
  const rows = await db.transaction().execute(async (trx) => {
    await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(nearEnough)}, true)`.execute(
      trx,
    )
    return await queryNearest(trx, asked)
  })
  for (const { no, ...teacher } of rows) found[no]?.push(teacher)
  return found
}

/** Words of two letters or more, without marks of zero width that would split them. */
function wordsOf(name: string): string[] {
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}\p{M}]{2,}/gu) ?? []
  return [...new Set(words)].slice(0, 8)
}

async function queryNearest(trx: Transaction<CoreTables>, asked: readonly { no: number; word: string }[]) {
  const numbers = asked.map(({ no }) => no)
  const words = asked.map(({ word }) => word)
  const fullName = sql`lower(t.family_name || ' ' || t.given_name || ' ' || coalesce(t.patronymic, '') || ' ' || coalesce(t.latin_name, ''))`
  const { rows } = await sql<TeacherName & { no: number }>`
    with near as (
      select w.no, t.id, sum(public.word_similarity(w.word, ${fullName})) as nearness
      from unnest(${numbers}::integer[], ${words}::text[]) as w (no, word)
      join teacher t on ${fullName} operator(public.%>) w.word
      group by w.no, t.id
    ), placed as (
      select no, id, row_number() over (partition by no order by nearness desc, id) as place from near
    )
    select p.no, t.id, t.code, t.family_name as "familyName", t.given_name as "givenName", t.patronymic,
      t.latin_name as "latinName", t.orcid
    from placed p join teacher t using (id)
    where p.place <= ${limit}
    order by p.no, p.place`.execute(trx)
  return rows
}
