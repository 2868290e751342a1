import { sql } from 'kysely'

/** The whole name in lower case, letter for letter the expression of the index teacher_search: another one would not be found by it. */
export const fullName = sql`lower(t.family_name || ' ' || t.given_name || ' ' || coalesce(t.patronymic, '') || ' ' || coalesce(t.latin_name, ''))`

/** Words of a search, as patterns of LIKE: its own signs mean themselves. */
export function searchWords(search: string): string[] {
  return search
    .normalize('NFC')
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, 10)
    .map((word) => word.replaceAll(/[\\%_]/g, String.raw`\$&`))
}
