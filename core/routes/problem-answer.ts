import { inspect } from 'node:util'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { chooseLanguage } from '../contract/text.ts'
import { UstazError } from '../contract/problem.ts'
import type { Fault, Issue, Problem } from '../contract/problem.ts'
import type { Language } from '../contract/text.ts'
import { faultsOf } from '../messages/zod-fault.ts'
import type { Texts } from '../messages/texts.ts'

export const problemMediaType = 'application/problem+json; charset=utf-8'

interface Reporter {
  texts: Texts
  log: { error(message: string): void }
}

/** Answers any error as problem details (RFC 9457) in the asker's language; what nobody foresaw is logged and shows nothing of the inside. */
export function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { texts, log }: Reporter,
): FastifyReply {
  const known = toUstazError(error, request)
  if (known.status >= 500) log.error(`${request.method} ${pathOf(request)}: ${inspect(error, { depth: 6 })}`)
  const language = chooseLanguage(request.headers['accept-language'])
  const problem = describeProblem(known, pathOf(request), language, texts)
  return reply
    .code(problem.status)
    .header('content-language', language)
    .header('content-type', problemMediaType)
    .serializer(JSON.stringify)
    .send(problem)
}

const pathOf = (request: FastifyRequest) => request.url.split('?', 1)[0] ?? '/'

/** An error in words. */
export function describeProblem(
  error: UstazError,
  instance: string,
  language: Language,
  texts: Texts,
): Problem {
  return {
    type: `urn:ustaz:problem:${error.code}`,
    ...texts.problem(language, error.code, error.params),
    status: error.status,
    instance,
    code: error.code,
    params: error.params,
    issues: error.issues.map((fault) => describeIssue(fault, language, texts)),
  }
}

/** A fault in words; what else it carries (a finding's severity) stays. */
export function describeIssue<F extends Fault>(fault: F, language: Language, texts: Texts): F & Issue {
  return { ...fault, message: texts.issue(language, fault.code, fault.params) }
}

function toUstazError(error: unknown, request: FastifyRequest): UstazError {
  if (error instanceof UstazError) return error
  if (error instanceof z.core.$ZodError) return invalidInput(error, request)
  return fromCode(error) ?? new UstazError('internal', { status: 500, cause: error })
}

/** Fastify marks what its validator refused; a ZodError without that mark is a fault of ours. */
function invalidInput(error: z.core.$ZodError, request: FastifyRequest): UstazError {
  const part = 'validationContext' in error ? String(error.validationContext) : ''
  const inputs: Record<string, unknown> = {
    body: request.body,
    querystring: request.query,
    params: request.params,
    headers: request.headers,
  }
  if (!(part in inputs)) return new UstazError('internal', { status: 500, cause: error })
  return new UstazError('input-invalid', { status: 400, issues: faultsOf(error, inputs[part]), cause: error })
}

/** Errors of Fastify, its plugins and PostgreSQL that say something to the asker. */
const knownCodes: Readonly<Record<string, readonly [code: string, status: number]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', 413],
  FST_REQ_FILE_TOO_LARGE: ['file-too-large', 413],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['media-type-unsupported', 415],
  FST_ERR_CTP_INVALID_JSON_BODY: ['body-unreadable', 400],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['body-unreadable', 400],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['body-unreadable', 400],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['form-unreadable', 400],
  FST_FILES_LIMIT: ['form-unreadable', 400],
  FST_PARTS_LIMIT: ['form-unreadable', 400],
  FST_FIELDS_LIMIT: ['form-unreadable', 400],
  FST_PROTO_VIOLATION: ['form-unreadable', 400],
  FST_ERR_BAD_URL: ['address-unreadable', 400],
  ECONNREFUSED: ['database-unavailable', 503],
  '57P01': ['database-unavailable', 503],
  '57P03': ['database-unavailable', 503],
  '08006': ['database-unavailable', 503],
  '53300': ['database-unavailable', 503],
  '22021': ['text-unstorable', 400],
  '22P05': ['text-unstorable', 400],
  '40001': ['try-again', 409],
  '40P01': ['try-again', 409],
  UZ001: ['frozen', 409],
  UZ002: ['frozen', 409],
  UZ003: ['shares-too-many', 409],
}

function fromCode(error: unknown): UstazError | null {
  if (typeof error !== 'object' || error === null) return null
  if (hasZodFastifySchemaValidationErrors(error)) return null
  const code = 'code' in error ? String(error.code) : ''
  const known = knownCodes[code]
  if (known) return new UstazError(known[0], { status: known[1], cause: error })
  const status = 'statusCode' in error ? Number(error.statusCode) : 500
  if (status < 400 || status >= 500) return null
  return new UstazError(code.startsWith('FST_') ? 'body-unreadable' : 'request-refused', {
    status,
    cause: error,
  })
}
