import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestAccount, TestApp, TestUniversity } from '@ustaz/core/testing'
import type { PluginContext } from '@ustaz/core/plugin'
import type { ImportReport, RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'
import { problemSchema, routeUrl } from '@ustaz/core/contract'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { z } from 'zod'
import { getImportReport, importOrderSchema } from './contract.ts'
import type { importMoodle, importTable } from './contract.ts'
import { workOnImport } from './imports/orders/work-on-import.ts'
import plugin from './index.ts'
import { rebuildResults } from './results/rebuild-results.ts'
import type { TeachingTables } from './tables.ts'

/** A group as a test writes it: the grade of each student by name; null: enrolled without a grade. */
export interface TestGroup {
  course: string
  year: number
  term?: number
  teachers: readonly number[]
  grades: Readonly<Record<string, number | null>>
}

/** Puts groups in place of whatever was there, in the given order, and works the results out. */
export async function enterGroups(db: Kysely<TeachingTables>, groups: readonly TestGroup[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`truncate plugin_teaching.enrolment, plugin_teaching.group_teacher, plugin_teaching.course_group, plugin_teaching.course,
      plugin_teaching.group_sums, plugin_teaching.course_result, plugin_teaching.result_review restart identity`.execute(
      trx,
    )
    const codes = [...new Set(groups.map(({ course }) => course))]
    await trx
      .insertInto('course')
      .values(codes.map((code) => ({ code, title: code })))
      .execute()
    for (const [index, group] of groups.entries()) await enterGroup(trx, group, `G${index}`)
    await rebuildResults(trx)
  })
}

async function enterGroup(trx: Kysely<TeachingTables>, group: TestGroup, code: string): Promise<void> {
  const { course, year, term = 1, teachers, grades } = group
  const ended = term === 1 ? `${year + 1}-01-20` : `${year + 1}-05-30`
  await sql`
    with made as (
      insert into plugin_teaching.course_group (code, course_id, year, term, ended_on)
      select ${code}, c.id, ${year}, ${term}, ${ended}::date from plugin_teaching.course c where c.code = ${course} returning id
    ), taught as (
      insert into plugin_teaching.group_teacher (group_id, teacher_id) select made.id, t from made, unnest(${[...teachers]}::bigint[]) t
    )
    insert into plugin_teaching.enrolment (group_id, student, grade)
    select made.id, x.student, x.grade from made, json_to_recordset(${JSON.stringify(
      Object.entries(grades).map(([student, grade]) => ({ student, grade })),
    )}::json) as x (student text, grade numeric)`.execute(trx)
}

/** A server with this plugin and a small university, for tests. */
export interface TestTeaching extends TestApp {
  university: TestUniversity
  own: Kysely<TeachingTables>
  /** What its jobs work with. */
  teaching: PluginContext<TeachingTables>
  /** Answers what the route's schema says. Throws where the server answers with a problem. */
  ask<R extends RouteDefinition>(
    account: TestAccount,
    route: R,
    input: RouteInput<R>,
    file?: string | Buffer,
  ): Promise<RouteResponse<R>>
  /** The status and code of a problem; throws where there is none. */
  refusal<R extends RouteDefinition>(
    account: TestAccount,
    route: R,
    input: RouteInput<R>,
    file?: string | Buffer,
  ): Promise<z.infer<typeof problemSchema>>
  /** Has a file imported and works on it to its end; answers the report, throws the problem where there is one. */
  bring<R extends typeof importTable | typeof importMoodle>(
    route: R,
    input: RouteInput<R>,
    file: string | Buffer,
  ): Promise<ImportReport>
  /** The same of a file that cannot be taken; answers the problem, throws where there is none. */
  bringInVain<R extends typeof importTable | typeof importMoodle>(
    route: R,
    input: RouteInput<R>,
    file: string | Buffer,
  ): Promise<z.infer<typeof problemSchema>>
  /** The answer as it is. */
  send(account: TestAccount, route: RouteDefinition, input: unknown, file?: string | Buffer): Promise<Answer>
}
interface Answer {
  statusCode: number
  body: string
  rawPayload: Buffer
}

export async function createTestTeaching(): Promise<TestTeaching> {
  const server = await createTestApp({ plugins: [plugin] })
  const university = await createTestUniversity(server.context.db)
  const send = async (
    account: TestAccount,
    route: RouteDefinition,
    input: unknown,
    file?: string | Buffer,
  ) => {
    const given = input as RouteInput<RouteDefinition>
    const headers = { 'x-ustaz-account': String(university.accounts[account]), 'accept-language': 'en' }
    const payload = route.multipart ? formOf(given.body, file) : (given.body as object | undefined)
    const url = routeUrl({ ...route, path: `/plugins/teaching${route.path}` }, given)
    return await server.app.inject({ method: route.method, url, headers, ...(payload ? { payload } : {}) })
  }
  const context = server.context.host.contextOf('teaching') as unknown as PluginContext<TeachingTables>
  async function ask<R extends RouteDefinition>(
    account: TestAccount,
    route: R,
    input: RouteInput<R>,
    file?: string | Buffer,
  ): Promise<RouteResponse<R>> {
    const response = await send(account, route, input, file)
    if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`)
    return route.response?.parse(response.json()) as RouteResponse<R>
  }
  async function workOn<R extends typeof importTable | typeof importMoodle>(
    route: R,
    input: RouteInput<R>,
    file: string | Buffer,
  ): Promise<number> {
    const order = importOrderSchema.parse((await send('office', route, input, file)).json())
    await workOnImport(context, order.id, new AbortController().signal)
    return order.id
  }
  return {
    ...server,
    university,
    own: context.db,
    teaching: context,
    send,
    ask,
    async bring(route, input, file) {
      return await ask('office', getImportReport, { params: { id: await workOn(route, input, file) } })
    },
    async bringInVain(route, input, file) {
      const id = await workOn(route, input, file)
      return problemSchema.parse((await send('office', getImportReport, { params: { id } })).json())
    },
    async refusal(account, route, input, file) {
      const response = await send(account, route, input, file)
      return problemSchema.parse(response.json())
    },
  }
}

function formOf(body: unknown, file: string | Buffer | undefined): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body ?? {})) form.append(name, String(value))
  if (file !== undefined)
    form.append('file', new Blob([typeof file === 'string' ? file : new Uint8Array(file)]), 'file')
  return form
}
