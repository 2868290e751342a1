import { problemSchema, ProblemAnswer, requestHeader, routeUrl, UstazError } from '@ustaz/core/contract'
import type { RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'
import { eventOf } from '../logic/server-event.ts'
import type { ServerEvent } from '../logic/server-event.ts'
import { useSession } from '../stores/session.ts'
import { callServer } from './call-server.ts'
import type { CallExtras } from './call-server.ts'

/** The server, called in the reader's language and as whoever is signed in. */
export interface Api {
  call<R extends RouteDefinition>(
    route: R,
    input: RouteInput<R>,
    extras?: CallExtras,
  ): Promise<RouteResponse<R>>
  /** Reads server-sent events until the server ends them or `signal` aborts. */
  follow(route: RouteDefinition, signal: AbortSignal, take: (event: ServerEvent) => void): Promise<void>
  /** Fetches an export and hands it to the browser as a file; the name comes from the server. */
  download<R extends RouteDefinition>(route: R, input: RouteInput<R>): Promise<void>
}

export function useApi(): Api {
  const session = useSession()
  const headers = () => ({ 'accept-language': session.language })
  /** The session has ended: App.vue leads to the page of sign-in, and back. */
  const noticing = (error: unknown): unknown => {
    if (error instanceof ProblemAnswer && error.problem.code === 'sign-in-needed') session.account = null
    return error
  }
  return {
    async call(route, input, extras) {
      try {
        return await callServer(route, input, session.language, extras)
      } catch (error) {
        throw noticing(error)
      }
    },
    async follow(route, signal, take) {
      const address = routeUrl(route, {})
      const response = await fetch(address, { headers: headers(), signal })
      if (!response.ok || !response.body) throw noticing(await problemOf(response))
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const blocks = `${rest}${part.value}`.split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) take(eventOf(block))
      }
    },
    async download(route, input) {
      const address = routeUrl(route, input)
      const response = await fetch(address, requestOf(route, input, headers())).catch((cause: unknown) => {
        throw new UstazError('no-answer', { status: 503, cause })
      })
      if (!response.ok) throw noticing(await problemOf(response))
      saveAs(await response.blob(), fileNameOf(response.headers.get('content-disposition')) ?? 'ustaz')
    },
  }
}

/** A file may come of a change too (sheets that are made as they are printed). */
function requestOf(
  route: RouteDefinition,
  input: { body?: unknown },
  headers: Record<string, string>,
): RequestInit {
  if (route.method === 'GET') return { headers }
  const own = { 'content-type': 'application/json', [requestHeader.name]: requestHeader.value }
  return { method: route.method, headers: { ...headers, ...own }, body: JSON.stringify(input.body) }
}

async function problemOf(response: Response): Promise<Error> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  return problem.success
    ? new ProblemAnswer(problem.data)
    : new UstazError('no-answer', { status: response.status })
}

function saveAs(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** The file name of a Content-Disposition header (RFC 6266: `filename*` before `filename`); null: none. */
export function fileNameOf(disposition: string | null): string | null {
  const extended = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1]
  if (extended) return decodeURIComponent(extended)
  return disposition?.match(/filename="?([^";]+)"?/i)?.[1] ?? null
}
