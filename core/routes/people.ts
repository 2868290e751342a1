import { findScope } from '../access/scope.ts'
import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import * as contract from '../contract/resources/people.ts'
import { importPeople } from '../people/import/import-people.ts'
import { importTemplate } from '../people/import/template.ts'
import { getTeacher, listTeachers } from '../people/teachers.ts'
import { teachersIn } from '../people/teachers-of-units.ts'
import { listPositions, listUnits } from '../people/units.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'

export const peopleRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listUnits, async ({ query, language }, { db }: AppContext) => {
    return await listUnits(db, language, query)
  }),
  handleRoute(contract.listPositions, async (_, { db }: AppContext) => await listPositions(db)),
  handleRoute(contract.listTeachers, async ({ query }, { db, now }: AppContext) => {
    return await listTeachers(db, query, dayOf(now()))
  }),
  handleRoute(contract.getTeacher, async ({ params, actor }, { db, now }: AppContext) => {
    const teacher = await getTeacher(db, params.id, dayOf(now()))
    const scope = await findScope(db, actor, 'leave.read')
    const readable = scope && (await teachersIn(db, scope))
    const mayRead = scope !== null && (readable === null || readable.includes(params.id))
    return { ...teacher, leaves: mayRead ? teacher.leaves : null }
  }),
  handleRoute(contract.importPeople, async ({ params, body, file, language }, { db }: AppContext) => {
    if (!file) throw new UstazError('import-file-missing', { status: 400 })
    return await importPeople(db, { ...params, ...body, content: file.content, language })
  }),
  handleRoute(contract.getImportTemplate, async ({ params, query, language }) => {
    return await importTemplate(params.kind, query.format, language)
  }),
]

/** The day in UTC, as the database counts it. */
const dayOf = (time: Date) => time.toISOString().slice(0, 10)
