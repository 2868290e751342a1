import { z } from 'zod'

export type ProblemParams = Record<string, string | number | boolean | null | string[]>

/**
 * The one error the product throws on purpose. `code` names the fault for programs and for the message
 * tables (core/messages/{kk,ru,en}.json, key `problem.<code>`), `params` fill the message's {placeholders}.
 * A plugin's code starts with its id and a dot.
 */
export class UstazError extends Error {
  readonly code: string
  readonly status: number
  readonly params: ProblemParams

  constructor(
    code: string,
    options: { status?: number; params?: ProblemParams; cause?: unknown; message?: string } = {},
  ) {
    super(options.message ?? `${code} ${JSON.stringify(options.params ?? {})}`, { cause: options.cause })
    this.name = 'UstazError'
    this.code = code
    this.status = options.status ?? 400
    this.params = options.params ?? {}
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
