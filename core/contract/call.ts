import { problemSchema, UstazError } from './problem.ts'
import type { Problem } from './problem.ts'
import type { RouteDefinition, RouteInput, RouteResponse } from './route.ts'

/** Thrown by callRoute when the server answers with problem details; `problem` is ready to be shown. */
export class ProblemAnswer extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ProblemAnswer'
    this.problem = problem
  }
}

/** Says that a program made the request and no form of another site; the server demands it with each change. */
export const requestHeader = { name: 'x-ustaz-request', value: '1' }

export interface CallOptions {
  /** Address before /api, without a slash at the end; empty in the browser. */
  baseUrl: string
  headers: Record<string, string>
  signal?: AbortSignal
  /** For routes with `multipart`: the file beside the fields of the body. */
  file?: Blob & { name?: string }
}

/** The address of a route with its parameters and query filled in (for links to exports). */
export function routeUrl<R extends RouteDefinition>(route: R, input: RouteInput<R>): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String((input.params as Record<string, unknown> | undefined)?.[name])),
  )
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries((input.query ?? {}) as Record<string, unknown>)) {
    if (value === undefined || value === null) continue
    for (const item of Array.isArray(value) ? value : [value]) query.append(name, String(item))
  }
  return `/api${path}${query.size > 0 ? `?${query.toString()}` : ''}`
}

/** Calls a route and answers what its schema says. Throws ProblemAnswer; UstazError `no-answer` if the server is out of reach; the reason of the signal. */
export async function callRoute<R extends RouteDefinition>(
  route: R,
  input: RouteInput<R>,
  options: CallOptions,
): Promise<RouteResponse<R>> {
  const response = await fetch(options.baseUrl + routeUrl(route, input), {
    method: route.method,
    ...bodyOf(route, input.body, options),
    ...(options.signal ? { signal: options.signal } : {}),
  }).catch((cause: unknown) => {
    // Whoever aborted knows it by the reason, and takes it for no fault of the server.
    throw options.signal?.aborted ? cause : new UstazError('no-answer', { status: 503, cause })
  })
  if (!response.ok) throw await toError(response)
  if (!route.response) return undefined as RouteResponse<R>
  return route.response.parse(await response.json()) as RouteResponse<R>
}

function bodyOf(route: RouteDefinition, body: unknown, options: CallOptions): RequestInit {
  const headers = { ...options.headers, [requestHeader.name]: requestHeader.value }
  if (route.multipart) {
    const form = new FormData()
    for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>)) {
      form.append(name, String(value))
    }
    if (options.file) form.append('file', options.file, options.file.name ?? 'file')
    return { headers, body: form }
  }
  if (body === undefined) return { headers }
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

async function toError(response: Response): Promise<Error> {
  const problem = problemSchema.safeParse(await response.json().catch(() => null))
  return problem.success
    ? new ProblemAnswer(problem.data)
    : new UstazError('no-answer', { status: response.status })
}
