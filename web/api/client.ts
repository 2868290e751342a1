import { callRoute, problemSchema, ProblemAnswer, routeUrl, UstazError } from '@ustaz/core/contract'
import type { RouteDefinition, RouteInput, RouteResponse } from '@ustaz/core/contract'
import { eventOf } from '../logic/server-event.ts'
import type { ServerEvent } from '../logic/server-event.ts'
import { useSession } from '../stores/session.ts'

export interface CallExtras {
  signal?: AbortSignal
  file?: File
}

/** The server, called in the reader's language and as the account the reader acts as. */
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
  const headers = (): Record<string, string> => ({
    'accept-language': session.language,
    ...(session.accountId === null ? {} : { 'x-ustaz-account': String(session.accountId) }),
  })
  const ask = async <R extends RouteDefinition>(route: R, input: RouteInput<R>, extras?: CallExtras) =>
    await callRoute(route, input, { baseUrl: '', headers: headers(), ...extras })
  return {
    async call(route, input, extras) {
      try {
        return await ask(route, input, extras)
      } catch (error) {
        // The remembered account is gone (another database): go on as whom the server proposes.
        if (!isUnknownAccount(error) || session.accountId === null) throw error
        session.actAs(null)
        return await ask(route, input, extras)
      }
    },
    async follow(route, signal, take) {
      const address = routeUrl(route, {})
      const response = await fetch(address, { headers: headers(), signal })
      if (!response.ok || !response.body) throw await problemOf(response)
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
      let rest = ''
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        const blocks = `${rest}${part.value}`.split('\n\n')
        rest = blocks.pop() ?? ''
        for (const block of blocks) take(eventOf(block))
      }
    },
    async download(route, input) {
      const response = await fetch(routeUrl(route, input), { headers: headers() }).catch((cause: unknown) => {
        throw new UstazError('no-answer', { status: 503, cause })
      })
      if (!response.ok) throw await problemOf(response)
      saveAs(await response.blob(), fileNameOf(response.headers.get('content-disposition')) ?? 'ustaz')
    },
  }
}

function isUnknownAccount(error: unknown): boolean {
  return error instanceof ProblemAnswer && error.problem.code === 'account-unknown'
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
