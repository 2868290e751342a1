import type { Readable } from 'node:stream'
import type { RouteDefinition, RouteRequest, RouteResponse } from '../contract/route.ts'
import type { Language } from '../contract/text.ts'

/** Who is asking; every record of a change names the account. */
export interface Actor {
  accountId: number
  name: string
  teacherId: number | null
  /** unitId null: the role holds in the whole university. */
  roles: readonly { role: string; unitId: number | null }[]
  /** What is asked by lets only these actions through, of those the account may do. Absent: everything the roles give. */
  limit?: ActorLimit
}

/** token: an API token, made for some actions; second-factor: a session before its account set up the second factor it must have. */
export interface ActorLimit {
  by: 'token' | 'second-factor'
  actions: readonly string[]
}

/** Whose data the asker may read or change by a route's action: those of any part that is given, together. */
export interface Scope {
  /** Everybody's; the other two then say nothing more. */
  all: boolean
  /** Those of these units, all units below already among them. */
  unitIds: readonly number[]
  /** Those of this teacher (the asker); null: none of one's own. */
  teacherId: number | null
}

export interface UploadedFile {
  name: string
  mediaType: string
  content: Buffer
}

/** An answer that is not JSON. */
export class FileAnswer {
  readonly name: string
  readonly mediaType: string
  readonly content: Buffer | Readable | string
  constructor(file: { name: string; mediaType: string; content: Buffer | Readable | string }) {
    this.name = file.name
    this.mediaType = file.mediaType
    this.content = file.content
  }
}

export type HandlerRequest<R extends RouteDefinition> = RouteRequest<R> & {
  actor: Actor
  scope: Scope
  language: Language
  /** The file of a multipart route; null where none was sent. */
  file: UploadedFile | null
}
export type HandlerAnswer<R extends RouteDefinition> = R['produces'] extends readonly string[]
  ? FileAnswer
  : RouteResponse<R>

/** A route with the function that answers it. */
export interface RouteHandler<Context> {
  route: RouteDefinition
  handle(request: HandlerRequest<RouteDefinition>, context: Context): Promise<unknown>
}

/** Joins a route of the contract with its handler, types checked between the two. */
export function handleRoute<R extends RouteDefinition, Context>(
  route: R,
  handle: (request: HandlerRequest<R>, context: Context) => Promise<HandlerAnswer<R>>,
): RouteHandler<Context> {
  return { route, handle: handle as RouteHandler<Context>['handle'] }
}
