import { PassThrough } from 'node:stream'
import type { Readable } from 'node:stream'
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { Language } from '../contract/text.ts'
import type { CoreTables } from '../database/tables.ts'
import type { FileStore } from '../evidence/file-store.ts'
import { translate } from '../messages/message.ts'
import { retentionInWords, wordOf } from './register.ts'
import type { Declaration } from './register.ts'
import { declaredTables } from './rows-of-person.ts'

interface PersonExport {
  db: Kysely<CoreTables>
  files: FileStore
  declarations: readonly Declaration[]
  teacherId: number
  language: Language
}

/**
 * Everything the register says about a person as a ZIP that is made while it is read: a JSON file for each table with what its rows are
 * kept for, who looked at the data, and the files of evidence the person takes part in. A file whose content is lost is named in
 * missing-files.json.
 */
export function exportPerson(order: PersonExport): Readable {
  const output = new PassThrough()
  const zip = new Zip((error, chunk, final) => {
    if (error) output.destroy(error)
    else if (!output.write(chunk) && !final) waiting = true
    if (final) output.end()
  })
  let waiting = false
  const drained = async () => {
    if (!waiting) return
    waiting = false
    await new Promise((resolve) => output.once('drain', resolve))
  }
  writeAll(order, zip, drained).catch((error: unknown) => {
    output.destroy(error instanceof Error ? error : new Error(String(error)))
  })
  return output
}

async function writeAll(order: PersonExport, zip: Zip, drained: () => Promise<void>): Promise<void> {
  for (const table of declaredTables(order.declarations)) {
    const { rows } = await sql<{ row: unknown }>`
      select to_jsonb(t) as row from ${sql.table(table.name)} t where ${table.isOf(order.teacherId)}`.execute(
      order.db,
    )
    const { personal, declaration } = table
    addJson(zip, `${table.name.replace('.', '/')}.json`, {
      purpose: wordOf(declaration, `purposes.${personal.purpose}`, order.language),
      basis: translate(order.language, `personalData.basis.${personal.basis}`),
      keep: retentionInWords(personal.keep, order.language),
      columns: Object.fromEntries(
        personal.columns.map((name) => [name, wordOf(declaration, `columns.${name}`, order.language)]),
      ),
      rows: rows.map(({ row }) => row),
    })
    await drained()
  }
  await addAccesses(order, zip)
  await addFiles(order, zip, drained)
  zip.end()
}

async function addAccesses({ db, teacherId }: PersonExport, zip: Zip): Promise<void> {
  const { rows } = await sql`
    select a.at, a.what, a.route, a.everybody, c.name as account
    from core.data_access a left join core.account c on c.id = a.account_id
    where a.teacher_ids @> array[${teacherId}]::bigint[] or a.everybody order by a.id`.execute(db)
  addJson(zip, 'core/data_access.json', { rows })
}

async function addFiles(
  { db, files, teacherId }: PersonExport,
  zip: Zip,
  drained: () => Promise<void>,
): Promise<void> {
  const named = await db
    .selectFrom('evidence_file as f')
    .innerJoin('evidence_participant as p', 'p.evidence_id', 'f.evidence_id')
    .select(['f.id', 'f.name', 'f.sha256', 'f.evidence_id as evidenceId'])
    .where('p.teacher_id', '=', teacherId)
    .orderBy('f.id')
    .execute()
  const missing: string[] = []
  for (const { id, name, sha256, evidenceId } of named) {
    const path = `files/${evidenceId}/${id}-${name.replace(/[/\\]/g, '_')}`
    const content = await files.open(sha256)
    if (!content) {
      missing.push(path)
      continue
    }
    const entry = new ZipPassThrough(path)
    zip.add(entry)
    for await (const chunk of content as AsyncIterable<Uint8Array>) {
      entry.push(chunk)
      await drained()
    }
    entry.push(new Uint8Array(0), true)
  }
  if (missing.length > 0) addJson(zip, 'missing-files.json', missing)
}

function addJson(zip: Zip, path: string, value: unknown): void {
  const entry = new ZipDeflate(path)
  zip.add(entry)
  entry.push(new TextEncoder().encode(`${JSON.stringify(value, null, 2)}\n`), true)
}
