import { expect, test } from 'vitest'
import { callRoute } from './call.ts'
import { getSession } from './resources/access.ts'

/** Nobody listens there. */
const options = { baseUrl: 'http://127.0.0.1:1', headers: {} }

test('a server out of reach is told as such', async () => {
  await expect(callRoute(getSession, {}, options)).rejects.toMatchObject({ code: 'no-answer' })
})

test('what was aborted fails with the reason it was aborted with, not as if the server were out of reach', async () => {
  const aborting = new AbortController()
  const asked = callRoute(getSession, {}, { ...options, signal: aborting.signal })
  aborting.abort()
  await expect(asked).rejects.toBe(aborting.signal.reason)
})
