import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestUniversity } from '../evidence/test-university.ts'
import type { TestUniversity } from '../evidence/test-university.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { coreRoutes } from '../routes/index.ts'
import { sessionRoutes } from '../routes/session/index.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { idsAt } from './record-access.ts'

let server: TestApp
let university: TestUniversity
beforeAll(async () => {
  server = await createTestApp()
  university = await createTestUniversity(server.database.db)
})
afterAll(async () => {
  await server.close()
})

async function ask(account: number, url: string) {
  const response = await server.app.inject({
    url: `/api${url}`,
    headers: { 'x-ustaz-account': String(account) },
  })
  return {
    status: response.statusCode,
    body: response.json<{ total: number; items: Record<string, unknown>[] }>(),
  }
}

describe('readings of data of others', () => {
  test('are on record when the answer comes: who, what, by which way, whose; and the person sees them', async () => {
    const { accounts, teachers } = university
    expect((await ask(accounts.office, `/teachers/${teachers.aigul}`)).status).toBe(200)
    const { body } = await ask(accounts.aigul, '/privacy/accesses')
    expect(body).toMatchObject({
      total: 1,
      items: [
        {
          account: { id: accounts.office, name: 'Office' },
          what: 'profile',
          route: 'GET /teachers/:id',
          params: { id: teachers.aigul },
          teachers: [],
          everybody: false,
        },
      ],
    })
  })

  test('are not those of oneself, nor those that were refused or found nothing', async () => {
    const { accounts, teachers } = university
    const before = (await countRows()) + 0
    expect((await ask(accounts.aigul, `/teachers/${teachers.aigul}`)).status).toBe(200)
    expect((await ask(accounts.office, '/teachers/999999')).status).toBe(404)
    expect((await ask(accounts.aigul, '/audit')).status).toBe(403)
    expect(await countRows()).toBe(before)
  })

  test('are seen by nobody but the person and the administrator', async () => {
    const { accounts, teachers } = university
    const other = await ask(accounts.head, `/privacy/accesses?teacher=${teachers.aigul}`)
    expect(
      other.body.items.filter(({ params }) => (params as { id?: number }).id === teachers.aigul),
    ).toEqual([])
    for (const account of [accounts.office, accounts.dean])
      expect((await ask(account, '/privacy/accesses')).status).toBe(403)
    const administrator = await addAdministrator()
    const all = await ask(administrator, `/privacy/accesses?teacher=${teachers.aigul}&what=profile`)
    expect(all.body.total).toBe(1)
    expect((await ask(administrator, '/privacy/accesses?account=999')).body.total).toBe(0)
    expect((await ask(administrator, '/privacy/accesses?from=2030-01-01')).body.total).toBe(0)
    const named = await ask(administrator, '/privacy/accesses')
    expect(named.body.items.at(-1)).toMatchObject({ teachers: [{ id: teachers.aigul }], teacherCount: 1 })
  })

  test('many at once are each on record', async () => {
    const { accounts, teachers } = university
    const before = await countRows()
    await Promise.all(
      Array.from({ length: 30 }, async () => await ask(accounts.office, `/teachers/${teachers.aigul}`)),
    )
    expect(await countRows()).toBe(before + 30)
  })

  test('that cannot be put on record are not answered', async () => {
    const { accounts, teachers } = university
    await server.database.pool.query('alter table core.data_access rename to gone')
    try {
      const response = await ask(accounts.office, `/teachers/${teachers.aigul}`)
      expect([response.status, JSON.stringify(response.body).includes('Айгүл')]).toEqual([500, false])
    } finally {
      await server.database.pool.query('alter table core.gone rename to data_access')
    }
    expect((await ask(accounts.office, `/teachers/${teachers.aigul}`)).status).toBe(200)
  })

  test('are written once; only what is older than three years may go', async () => {
    const { pool } = server.database
    await expect(pool.query('update core.data_access set account_id = 1')).rejects.toMatchObject({
      code: 'UZ002',
    })
    await expect(pool.query('delete from core.data_access')).rejects.toMatchObject({ code: 'UZ002' })
    await expect(pool.query('truncate core.data_access')).rejects.toMatchObject({ code: 'UZ002' })
    await pool.query(`insert into core.data_access (at, account_id, what, route, teacher_ids)
      values (now() - interval '37 months', 1, 'profile', 'old', '{}')`)
    const { rowCount } = await pool.query(
      "delete from core.data_access where at < now() - interval '3 years'",
    )
    expect(rowCount).toBe(1)
  })
})

async function countRows(): Promise<number> {
  const { rows } = await server.database.pool.query<{ n: number }>(
    'select count(*) as n from core.data_access',
  )
  return rows[0]!.n
}
async function addAdministrator(): Promise<number> {
  const { db } = server.database
  const { id } = await db
    .insertInto('account')
    .values({ name: 'Admin', teacher_id: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('account_role')
    .values({ account_id: id, role: 'administrator', unit_id: null })
    .execute()
  return id
}

test('ids are found along a path, lists included; what is absent is left out', () => {
  const source = {
    params: { id: 3 },
    answer: { items: [{ teacherId: 7 }, { teacherId: null }, {}, { teacherId: 7 }] },
  }
  expect(idsAt(source, 'params.id')).toEqual([3])
  expect(idsAt(source, 'answer.items.*.teacherId')).toEqual([7])
  expect(idsAt(source, 'answer.nothing.*.id')).toEqual([])
  expect(idsAt(source, undefined)).toEqual([])
})

/** Routes that read and show no data of persons, or only what every colleague knows (names and posts), and why. */
const aboutNobody = new Map(
  `
  /actor                                    the asker
  /session                                  the asker
  /demo/people                              invented people of the demonstration
  /account                                  the asker's own
  /account/sessions                         the asker's own
  /account/tokens                           the asker's own
  /rights                                   the table and the asker
  /accounts                                 names, addresses and roles, for who administers them
  /accounts/:id                             names, addresses and roles, for who administers them
  /accounts/:id/tokens                      what its owner named them, for who administers accounts
  /catalogue                                what is installed
  /units                                    the tree
  /positions                                the list
  /teachers                                 names and posts, the directory of the house
  /people/imports/:kind/template            empty
  /runs                                     counts
  /runs/:id                                 counts
  /runs/:id/verification                    hashes
  /runs/:id/units                           sums of units
  /units/trends                             sums of units
  /runs/:id/certainty                       figures of leagues
  /runs/:id/certainty/bands                 counts
  /runs/:id/fairness                        groups, small ones hidden
  /runs/:id/compare/:other                  counts
  /runs/:id/compare/:other/groups           groups, small ones hidden
  /runs/:id/shadow                          figures of leagues
  /shadow/template                          empty
  /runs/:id/shadow/published                figures of leagues
  /shadow/published                         figures of leagues
  /regulations                              rules
  /regulations/:id                          rules
  /regulations/:id/document                 rules
  /regulations/:id/findings                 rules
  /regulations/schema                       rules
  /approval/delegations                     names, for those concerned
  /approval/stand-ins                       names and roles
  /approval/relatives                       what the asker declared, or whoever looks after it
  /notices                                  the asker's own
  /notices/unread                           the asker's own
  /notices/contact                          the asker's own
  /runs/:id/publication                     what was published when
  /runs/:id/leagues                         figures of leagues
  /runs/:id/table                           published for everybody by a decision of the university
  /settings/table-by-name                   that decision
  /runs/:id/appeals/statistics              counts by clause
  /appeals/:id/reviewers                    names of accounts, for the office that assigns
  /settings/table-by-name/history           that decision
  /audit                                    for the administrator; whoever reads it is seen by nobody above
  /privacy/accesses                         the readings themselves
  /privacy/register                         names of columns
  /privacy/register/export                  names of columns
  /privacy/requests                         for who decides, with the person's own knowledge
  /privacy/requests/:id/bundle              the asker's own
  expert:/consultations                     what is asked
  expert:/consultations/:id                 who was asked and whether they answered, for who asks
  expert:/consultations/:id/results         what experts judge of areas, not persons
  expert:/drafts                            rules
  expert:/experts                           names
  expert:/sheets                            the asker's own
  expert:/sheets/:id                        the asker's own
  expert:/sheets/:id/results                what experts judge of areas, not persons
  forecast:/outlooks                        periods, backtests
  forecast:/outlooks/:id/card               periods, backtests
  forecast:/outlooks/:id/card/file          periods, backtests
  forecast:/sorting/tasks                   how right suggestions were
  teaching:/years                           years
  surveys:/questionnaires                   what is asked
  surveys:/versions/:id                     what is asked
  surveys:/campaigns                        what is asked when, with counts in steps
  surveys:/campaigns/:id                    what is asked when, with counts in steps
  surveys:/campaigns/:id/groups             who teaches whom, with counts in steps; nothing of what was answered
  surveys:/groups/template                  empty
  surveys:/closed                           what was asked when
  surveys:/closed/:id/remarks               what was written to the asker
  surveys:/remarks                          texts without names, for who reviews them
  teaching:/imports/:kind/template          empty
  teaching:/import-orders                   names of files, and who imported them
  teaching:/import-orders/:id               name of a file, and who imported it
  teaching:/import-orders/:id/report        what the reader's own file says
  classroom:/rooms/live                     how many people are in rooms
  classroom:/rooms/events                   how many people are in rooms
  classroom:/rooms/:id/day                  how many people were in a room
  classroom:/devices                        sensors
  classroom:/devices/acl                    sensors
  classroom:/devices/passwords              hashes of passwords of sensors
  classroom:/quarantine                     messages of sensors
  classroom:/ingest/counts                  counts
  publications:/doi                         published works
  publications:/journal-lists               journals
  publications:/journals                    journals
`
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s{2,}/) as [string, string]),
)

test('every route that reads says whose data it shows, or is known to show nobody’s', async () => {
  const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
  const reading = [
    ...[...coreRoutes, ...sessionRoutes].map(({ route }) => ({ name: route.path, route })),
    ...plugins.flatMap(({ id, routes = [] }) =>
      routes.map(({ route }) => ({ name: `${id}:${route.path}`, route })),
    ),
  ].filter(({ route }) => route.method === 'GET')
  expect(reading.length).toBeGreaterThan(30)
  const undeclared = reading.filter(({ name, route }) => !route.about && !aboutNobody.has(name))
  expect(undeclared.map(({ name }) => name)).toEqual([])
  const both = reading.filter(({ name, route }) => route.about && aboutNobody.has(name))
  expect(both.map(({ name }) => name)).toEqual([])
  const gone = [...aboutNobody.keys()].filter((known) => !reading.some(({ name }) => name === known))
  expect(gone).toEqual([])
})
