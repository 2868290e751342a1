import { z } from 'zod'

export type ProblemParams = Record<string, string | number | boolean | null | string[]>

/** One thing wrong with an input, not yet in words: the server adds the message (key `issue.<code>`) in the reader's language. */
export interface Fault {
  /** JSON pointer into the input. */
  path: string
  code: string
  params: ProblemParams
}

/** A fault of a document that was looked at as a whole: errors stand in its way, warnings are accepted knowingly. */
export interface Finding extends Fault {
  severity: 'error' | 'warning' | 'note'
}

/**
 * The one error the product throws on purpose. `code` names the fault for programs and for the message
 * tables (core/messages/{kk,ru,en}.json, key `problem.<code>`), `params` fill the message's {placeholders}.
 * A plugin's code starts with its id and a dot.
 */
export class UstazError extends Error {
  readonly code: string
  readonly status: number
  readonly params: ProblemParams
  /** The single faults of an input; empty where the error is about no input. */
  readonly issues: readonly Fault[]

  constructor(
    code: string,
    options: {
      status?: number
      params?: ProblemParams
      issues?: readonly Fault[]
      cause?: unknown
      message?: string
    } = {},
  ) {
    super(options.message ?? `${code} ${JSON.stringify(options.params ?? {})}`, { cause: options.cause })
    this.name = 'UstazError'
    this.code = code
    this.status = options.status ?? 400
    this.params = options.params ?? {}
    this.issues = options.issues ?? []
  }
}

/** One thing wrong with an input: where (JSON pointer, column or line), which code, with what. */
export const issueSchema = z.object({
  path: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  message: z.string(),
})
export type Issue = z.infer<typeof issueSchema>

/** RFC 9457 problem details, with the product's code and the single faults of an input. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  instance: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.unknown()),
  issues: z.array(issueSchema),
})
export type Problem = z.infer<typeof problemSchema>
