import type { Kysely } from 'kysely'
import type { DoiCache } from './crossref.ts'
import type { PublicationTables } from './tables.ts'

/** Crossref's answers kept in the plugin's table. */
export function doiCache(db: Kysely<PublicationTables>): DoiCache {
  return {
    async get(doi) {
      const row = await db.selectFrom('doi_answer').selectAll().where('doi', '=', doi).executeTakeFirst()
      return row ? { status: row.status, answer: row.answer, fetchedAt: row.fetched_at } : null
    },
    async put(doi, { status, answer, fetchedAt }) {
      const row = { status, answer: answer === null ? null : JSON.stringify(answer), fetched_at: fetchedAt }
      await db
        .insertInto('doi_answer')
        .values({ doi, ...row })
        .onConflict((conflict) => conflict.column('doi').doUpdateSet(row))
        .execute()
    },
  }
}
