import * as client from 'openid-client'
import { UstazError } from '../../contract/problem.ts'

/** What the client threw, as a person is told of it: out of reach, said no, or an answer that does not hold. */
export function toProblem(error: unknown): UstazError {
  if (error instanceof UstazError) return error
  if (error instanceof client.AuthorizationResponseError) {
    return new UstazError('provider-refused', { status: 403, cause: error })
  }
  if (isOutOfReach(error)) return new UstazError('provider-unavailable', { status: 503, cause: error })
  return new UstazError('sign-in-unproven', { status: 401, cause: error })
}

/** No connection, no answer in time, or an answer of a server in trouble. */
function isOutOfReach(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isNetwork = error instanceof TypeError && error.message === 'fetch failed'
  const isLate = error.name === 'TimeoutError' || error.name === 'AbortError'
  const { cause } = error
  const isTrouble = cause instanceof Response && cause.status >= 500
  return isNetwork || isLate || isTrouble || (cause !== undefined && isOutOfReach(cause))
}
