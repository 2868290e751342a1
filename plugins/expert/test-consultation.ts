import type { RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'
import { importRegulation, problemSchema, routeUrl } from '@ustaz/core/contract'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestAccount, TestApp, TestUniversity } from '@ustaz/core/testing'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Consultation, Pair } from './contract.ts'
import { moveSheet, openConsultation, saveAnswer } from './contract.ts'
import plugin from './index.ts'
import type { ExpertTables } from './tables.ts'

type Problem = Pick<z.infer<typeof problemSchema>, 'status' | 'code' | 'params' | 'detail' | 'issues'>

/** A server with this plugin and a small university, for tests. Its clock stands at 30 June 2026, 09:00 UTC. */
export interface TestConsultations extends TestApp {
  university: TestUniversity
  tables: Kysely<ExpertTables>
  /** Answers what the route's schema says. Throws where the server answers with a problem. */
  ask<R extends RouteDefinition>(
    account: TestAccount,
    route: R,
    input: RouteInput<R>,
  ): Promise<RouteResponse<R>>
  /** The problem the server answers with; throws where there is none. */
  refusal<R extends RouteDefinition>(account: TestAccount, route: R, input: RouteInput<R>): Promise<Problem>
  /** Brings a draft in and answers its id. */
  draft(code: string, changes?: Record<string, unknown>): Promise<number>
}

export async function createTestConsultations(): Promise<TestConsultations> {
  const server = await createTestApp({ plugins: [plugin] })
  const university = await createTestUniversity(server.context.db)
  const headersOf = (account: TestAccount) => ({
    'x-ustaz-account': String(university.accounts[account]),
    'accept-language': 'en',
  })
  const send = async (account: TestAccount, route: RouteDefinition, input: RouteInput<RouteDefinition>) => {
    const payload = input.body as object | undefined
    return await server.app.inject({
      method: route.method,
      url: routeUrl({ ...route, path: `/plugins/expert${route.path}` }, input),
      headers: headersOf(account),
      ...(payload ? { payload } : {}),
    })
  }
  const draft = async (code: string, changes: Record<string, unknown> = {}) => {
    const form = new FormData()
    form.append('file', new Blob([JSON.stringify(documentOf(code, changes))]), 'draft.json')
    const request = { method: 'POST', url: `/api${importRegulation.path}`, payload: form } as const
    const response = await server.app.inject({ ...request, headers: headersOf('office') })
    if (response.statusCode !== 200) throw new Error(response.body)
    return response.json<{ id: number }>().id
  }
  return {
    ...server,
    university,
    tables: (server.context.db as unknown as Kysely<ExpertTables>).withSchema('plugin_expert'),
    draft,
    async ask<R extends RouteDefinition>(account: TestAccount, route: R, input: RouteInput<R>) {
      const response = await send(account, route, input as RouteInput<RouteDefinition>)
      if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`)
      return route.response?.parse(response.json()) as RouteResponse<R>
    },
    async refusal(account, route, input) {
      const response = await send(account, route, input as RouteInput<RouteDefinition>)
      return problemSchema.parse(response.json())
    },
  }
}

export const text = (en: string) => ({ kk: en, ru: en, en })
export const areasOf = (...ids: string[]) => ids.map((id) => ({ id, title: text(`Area ${id}`) }))

function documentOf(code: string, changes: Record<string, unknown>): Record<string, unknown> {
  return {
    code,
    version: '1',
    title: text('Regulation'),
    description: text('For tests'),
    source: 'order 1',
    periodStart: '09-01',
    areas: areasOf('K1', 'K2', 'K3'),
    criteria: [
      {
        id: '1.1',
        area: 'K1',
        title: text('Works'),
        unit: 'item',
        indicator: 'publications.work',
        points: { kind: 'per-unit', points: '1' },
      },
    ],
    leagues: [{ id: 'L', title: text('All'), positions: ['professor'] }],
    weighting: { id: 'shares.mean', params: {} },
    rounding: { digits: 2 },
    ...changes,
  }
}

type Plan = RouteInput<typeof openConsultation>['body']

/** Opens a consultation in the name of the office, open from May to July unless the plan says otherwise. */
export async function open(
  server: TestConsultations,
  experts: readonly TestAccount[],
  plan: Partial<Plan> & { versionId: number },
): Promise<Consultation> {
  return await server.ask('office', openConsultation, {
    body: {
      title: text('How much do the areas count?'),
      method: 'ahp',
      opensAt: '2026-05-01T00:00:00Z',
      closesAt: '2026-07-31T00:00:00Z',
      experts: experts.map((name) => server.university.accounts[name]),
      ...plan,
    },
  })
}

export const pair = (area: string, over: string, times: number): Pair => ({ area, over, times })
/** 4 : 2 : 1, and nothing contradicts. */
export const even = [pair('K1', 'K2', 2), pair('K2', 'K3', 2), pair('K1', 'K3', 4)]
/** K1 over K2, K2 over K3 and K3 over K1, each by much. */
export const circle = [pair('K1', 'K2', 5), pair('K2', 'K3', 5), pair('K3', 'K1', 5)]

/** Saves these pairs and submits them. */
export async function answer(
  server: TestConsultations,
  account: TestAccount,
  id: number,
  judgements: Pair[],
): Promise<void> {
  const params = { id }
  const { revision } = await server.ask(account, saveAnswer, {
    params,
    body: { answer: { method: 'ahp', judgements }, revision: 1 },
  })
  await server.ask(account, moveSheet, { params, body: { action: 'submit', revision } })
}
