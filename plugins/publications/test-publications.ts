import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createTestApp, createTestUniversity } from '@ustaz/core/testing'
import type { TestAccount, TestApp, TestUniversity } from '@ustaz/core/testing'
import type { RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'
import { problemSchema, routeUrl } from '@ustaz/core/contract'
import { z } from 'zod'
import plugin from './index.ts'
import { settingsSchema } from './settings.ts'

/** A server with this plugin and a small university, for tests. */
export interface TestPublications extends TestApp {
  university: TestUniversity
  /** Answers what the route's schema says. Throws where the server answers with a problem. */
  ask<R extends RouteDefinition>(
    account: TestAccount,
    route: R,
    input: RouteInput<R>,
    file?: TestFile,
  ): Promise<RouteResponse<R>>
  /** The status and code of a problem; throws where there is none. */
  refusal<R extends RouteDefinition>(
    account: TestAccount,
    route: R,
    input: RouteInput<R>,
    file?: TestFile,
  ): Promise<Pick<z.infer<typeof problemSchema>, 'status' | 'code' | 'params' | 'issues' | 'detail'>>
}
export type TestFile = string | Uint8Array<ArrayBuffer>

/** `crossref`: where DOIs are looked up; by default a port of this machine on which nobody answers. */
export async function createTestPublications(
  settings: Partial<z.input<typeof settingsSchema>> = {},
): Promise<TestPublications> {
  const own = settingsSchema.parse({ baseUrl: await deadAddress(), timeoutSeconds: 2, ...settings })
  const schema = z.object({
    lookUp: z.boolean().default(own.lookUp),
    mailto: z.string().nullable().default(own.mailto),
    baseUrl: z.string().default(own.baseUrl),
    timeoutSeconds: z.int().default(own.timeoutSeconds),
  })
  const server = await createTestApp({ plugins: [{ ...plugin, settings: schema }] })
  const university = await createTestUniversity(server.context.db)
  const send = async (
    account: TestAccount,
    route: RouteDefinition,
    input: RouteInput<RouteDefinition>,
    file?: TestFile,
  ) => {
    const headers = { 'x-ustaz-account': String(university.accounts[account]), 'accept-language': 'en' }
    const payload = route.multipart ? formOf(input.body, file) : (input.body as object | undefined)
    return await server.app.inject({
      method: route.method,
      url: routeUrl(inProduct(route), input),
      headers,
      ...(payload ? { payload } : {}),
    })
  }
  return {
    ...server,
    university,
    async ask<R extends RouteDefinition>(
      account: TestAccount,
      route: R,
      input: RouteInput<R>,
      file?: TestFile,
    ) {
      const response = await send(account, route, input as RouteInput<RouteDefinition>, file)
      if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`)
      return route.response?.parse(response.json()) as RouteResponse<R>
    },
    async refusal(account, route, input, file) {
      const response = await send(account, route, input as RouteInput<RouteDefinition>, file)
      return problemSchema.parse(response.json())
    },
  }
}

/** An address of this machine at which nobody answers any more. */
async function deadAddress(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

/** A route of this plugin as the product serves it; core's stay. */
function inProduct(route: RouteDefinition): RouteDefinition {
  return route.tag === 'publications' ? { ...route, path: `/plugins/publications${route.path}` } : route
}

function formOf(body: unknown, file: TestFile | undefined): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(body ?? {})) form.append(name, String(value))
  if (file !== undefined) form.append('file', new Blob([file]), 'file')
  return form
}
