import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAction, isAnonymous, isOpen } from '../../access/rights.ts'
import type { RouteDefinition } from '../../contract/route.ts'
import { loadListedPlugins } from '../../plugins/plugin-list.ts'
import { coreRoutes } from '../index.ts'
import { sessionRoutes } from '../session/index.ts'
import { attempts } from './attempts.example.ts'
import { linkAttempts } from './survey-attempts.example.ts'
import { table } from './table.example.ts'
import { createWalkedUniversity, walkers } from './walked-university.example.ts'
import type { Owner, WalkedUniversity, Walker } from './walked-university.example.ts'

let walked: WalkedUniversity
beforeAll(async () => {
  walked = await createWalkedUniversity()
}, 90_000)
afterAll(async () => {
  await walked.there.server.close()
})

/** Routes about nobody but the asker that take no id, and so can reach nobody else's. */
const aboutTheAsker = [
  'DELETE /account/sessions',
  'POST /account/email',
  'PUT /account/password',
  'POST /account/second-factor',
  'PUT /account/second-factor',
  'POST /account/second-factor/recovery-codes',
  'POST /account/second-factor/end',
  'POST /account/tokens',
  'PUT /notices/contact',
  'POST /privacy/requests',
]

async function ask(
  attempt: string,
  account: number | null,
  prepared = attempts[attempt]!,
): Promise<LightMyRequestResponse> {
  const [method] = attempt.split(' ')
  const { address, body } = prepared(walked.ids)
  return await walked.there.server.app.inject({
    method: method as 'GET',
    url: `/api${address}`,
    headers: {
      'accept-language': 'en',
      'x-ustaz-request': '1',
      ...(account === null ? {} : { 'x-ustaz-account': String(account) }),
    },
    ...(body === undefined ? {} : { payload: body }),
  })
}

/** Words by which what is Anna's is known; she has them in names, titles and reasons. */
const hers = /Анна|Семёнов|Semenov|Anna/
const isChange = (attempt: string) => !attempt.startsWith('GET ')

/** As a cell of the table: the status; of an answer, whether something of hers stands in it. */
function cellOf(response: LightMyRequestResponse): string {
  const shows = hers.test(response.body)
  if (response.statusCode >= 300) return `${response.statusCode}${shows ? '!' : ''}`
  return shows ? 'hers' : 'none'
}

const [header = '', ...lines] = table.split('\n').filter((line) => line.trim() !== '')
const rows = lines.map((line) => {
  const [attempt = '', cells = '', rightful = ''] = line.split(' | ')
  const [owner = '', status = ''] = rightful.trim().split(' ')
  return { attempt: attempt.trim(), cells: cells.trim().split(/\s+/), owner, status }
})

describe('the table', () => {
  const nameOf = (route: RouteDefinition, plugin = '') => `${route.method} ${plugin}${route.path}`
  const names = rows.map(({ attempt }) => attempt)

  test('has every route that takes an id or a code, and every one that changes something, of core and of all plugins', async () => {
    const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
    const routes = [
      ...[...coreRoutes, ...sessionRoutes].map(({ route }) => ({ name: nameOf(route), route })),
      ...plugins.flatMap(({ id, routes = [] }) =>
        routes.map(({ route }) => ({ name: nameOf(route, `${id}:`), route })),
      ),
    ]
    const isForNobody = ({ route }: (typeof routes)[number]) =>
      isAction(route.action) && isAnonymous(route.action)
    const byLink = new Set(linkAttempts.map(({ route }) => route))
    expect(routes.filter(isForNobody).map(({ name }) => name)).toEqual([...byLink])
    const all = routes.filter(({ route }) => !(isAction(route.action) && isOpen(route.action)))
    const walkable = all.filter(({ route }) => takesId(route) || route.method !== 'GET')
    const known = [...names.map((name) => name.split(',')[0]!), ...aboutTheAsker]
    const forgotten = walkable.filter(({ name }) => !known.includes(name))
    expect(forgotten.map(({ name }) => name)).toEqual([])
    expect(known.filter((name) => !all.some((one) => one.name === name))).toEqual([])
    expect(walkable.length).toBeGreaterThan(100)
  })

  test('names who walks, in their order, and of each what they get', () => {
    expect(header.split(' | ')[1]!.trim().split(/\s+/)).toEqual([...walkers])
    expect(rows.filter(({ cells }) => cells.length !== walkers.length)).toEqual([])
  })

  test('and the prepared attempts are about the same', () => {
    expect(Object.keys(attempts).sort()).toEqual([...names].sort())
  })
})

/** An id or code in the path or the query. */
function takesId({ path, query }: RouteDefinition): boolean {
  const asked = Object.keys(query?.shape ?? {})
  return path.includes('/:') || asked.some((key) => /^(teacher|unit|account|run|subject)(Id)?$/.test(key))
}

describe.each(rows)('$attempt', ({ attempt, cells }) => {
  test('gives those it is not for nothing of hers, and changes nothing', async () => {
    const before = await walked.readTables()
    expect((await ask(attempt, null)).statusCode).toBe(401)
    const found: string[] = []
    for (const [index, walker] of walkers.entries()) {
      const isFree = isChange(attempt) && cells[index] === 'may'
      found.push(isFree ? 'may' : cellOf(await ask(attempt, walked.accounts[walker])))
    }
    expect(found.join(' ')).toBe(cells.join(' '))
    const after = await walked.readTables()
    const changed = [...after].filter(([name, digest]) => before.get(name) !== digest)
    expect(changed.map(([name]) => name)).toEqual([])
  })
})

describe('without an account, by a link', () => {
  test.each(linkAttempts)(
    '$route with $with gives nothing of hers, changes nothing, and is the same for all',
    async ({ route, attempt, status }) => {
      const before = await walked.readTables()
      const accounts = [null, ...walkers.map((walker) => walked.accounts[walker])]
      for (const account of accounts) expect(cellOf(await ask(route, account, attempt))).toBe(String(status))
      const after = await walked.readTables()
      expect([...after].filter(([name, digest]) => before.get(name) !== digest)).toEqual([])
    },
  )
})

describe('whoever may gets through with the same request', () => {
  test.each(rows)('$attempt: $owner', async ({ attempt, owner, status }) => {
    const response = await ask(attempt, walked.accounts[owner as Owner | Walker])
    expect(`${response.statusCode}`, response.body.slice(0, 500)).toBe(status)
  })
})
