/** What a server says while it starts, recovers or ends, and how it looks when it is gone in the middle (SQLSTATE, system errors). */
const passing = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08001',
  '08003',
  '08006',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

/** Whether the database may be there again in a moment. */
export function isPassing(error: unknown): boolean {
  const { code, message } = innermost(error) as Error & { code?: unknown }
  return passing.has(String(code)) || message.startsWith('Connection terminated')
}

/** The error that others were thrown because of. */
export function innermost(error: unknown): Error {
  if (error instanceof AggregateError && error.errors.length > 0) return innermost(error.errors[0])
  if (!(error instanceof Error)) return new Error(String(error))
  return error.cause instanceof Error ? innermost(error.cause) : error
}
