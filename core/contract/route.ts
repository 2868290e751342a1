import type { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * A route as data: the server registers it, the web calls it, OpenAPI is drawn from it.
 * `path` is Fastify's form (/runs/:id) below /api. `action` is what access/rights.ts decides about.
 * `multipart: true`: the body is a form with one file under the name "file" plus the text fields of `body`.
 * `about`: whose data the answer shows; each time somebody sees those of others it is put on record. Every route that reads says it, or a
 * test says that it is about nobody.
 * `crowd: true`: many devices behind one address ask it at once (a lecture hall): far more requests of a peer are let through.
 * `produces`: media types of an answer that is not JSON (an export); `response` is then absent.
 */
export interface RouteDefinition {
  method: Method
  path: string
  summary: string
  tag: string
  action: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  response?: z.ZodType
  multipart?: true
  crowd?: true
  produces?: readonly string[]
  about?: RouteAbout
}

/** Which persons' data a route shows, and of what kind they are. */
export interface RouteAbout {
  what: 'profile' | 'evidence' | 'file' | 'result' | 'preview' | 'export'
  /** Where ids of teachers stand: a path in `params`, `body` or `answer`; * is each item of a list (answer.items.*.teacherId). */
  teachers?: string
  /** The same for ids of evidence: it is about all who took part in it. */
  evidence?: string
  /** It is a list or file of everybody whom the asker's rights reach. */
  everybody?: true
}

export function defineRoute<const R extends RouteDefinition>(route: R): R {
  return route
}

type InputOf<S> = S extends z.ZodType ? z.input<S> : never
type OutputOf<S> = S extends z.ZodType ? z.output<S> : never

/** What a caller gives. */
export type RouteInput<R extends RouteDefinition> = (R['params'] extends z.ZodObject
  ? { params: InputOf<R['params']> }
  : { params?: undefined }) &
  (R['query'] extends z.ZodObject ? { query?: InputOf<R['query']> } : { query?: undefined }) &
  (R['body'] extends z.ZodType ? { body: InputOf<R['body']> } : { body?: undefined })

/** What a handler gets, checked and with defaults filled in. */
export interface RouteRequest<R extends RouteDefinition> {
  params: R['params'] extends z.ZodObject ? OutputOf<R['params']> : Record<string, never>
  query: R['query'] extends z.ZodObject ? OutputOf<R['query']> : Record<string, never>
  body: R['body'] extends z.ZodType ? OutputOf<R['body']> : undefined
}
export type RouteResponse<R extends RouteDefinition> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : undefined
