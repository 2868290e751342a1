import type { Kysely } from 'kysely'
import type { AppContext } from '../../core/app-context.ts'
import type { PluginContext } from '../../core/plugin/index.ts'
import { importKinds } from '../../plugins/teaching/imports/kind-names.ts'
import { importKind } from '../../plugins/teaching/imports/kinds.ts'
import type { TeachingTables } from '../../plugins/teaching/tables.ts'
import type { University } from '../people/university.ts'
import { drawTeaching } from '../teaching/courses.ts'

/** Brings courses, groups, teachers and grades as an import of their tables would; where there are any, they stay. */
export async function loadTeaching({ host }: AppContext, university: University): Promise<void> {
  const context = host.contextOf('teaching') as unknown as PluginContext<TeachingTables>
  if (await hasGroups(context.db)) return
  const tables = drawTeaching(university)
  for (const name of importKinds) {
    const kind = await importKind(name, context)
    const cells = { rows: tables[name], notices: [] }
    const report = await context.tables.import(kind, { cells, dryRun: false, language: 'en' })
    if (!report.written) throw new Error(`the table of ${name} was refused: ${JSON.stringify(report.lines.find(({ outcome }) => outcome === 'refused'))}`) // prettier-ignore
  }
}

async function hasGroups(db: Kysely<TeachingTables>): Promise<boolean> {
  return (await db.selectFrom('course_group').select('id').limit(1).executeTakeFirst()) !== undefined
}
