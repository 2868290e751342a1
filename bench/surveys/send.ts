import { request } from 'node:http'
import type { Agent } from 'node:http'
import type { Phone } from './campaign.ts'

const firstWaitMilliseconds = 100
const longestWaitMilliseconds = 2000

/** Tries as a phone does until the server says that the answer is in; milliseconds since the first try. Throws on a refusal. */
export async function sendUntilAccepted(phone: Phone, way: { port: number; agent: Agent }): Promise<number> {
  const since = performance.now()
  const { token, answerId, cells, isLinked } = phone
  const answer = { clear: phone.step }
  const content = isLinked ? { answers: cells.map((about) => ({ about, answer })) } : { answer }
  const body = JSON.stringify({ token, answerId, ...content })
  let wait = firstWaitMilliseconds
  for (;;) {
    const status = await post(body, way).catch(() => 0)
    if (status === 200) return performance.now() - since
    if (status >= 400 && status < 500 && status !== 429)
      throw new Error(`an answer was refused with ${status}`)
    await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())))
    wait = Math.min(longestWaitMilliseconds, wait * 2)
  }
}

async function post(body: string, { port, agent }: { port: number; agent: Agent }): Promise<number> {
  return await new Promise((resolve, reject) => {
    const asked = request(
      {
        agent,
        host: '127.0.0.1',
        port,
        path: '/api/plugins/surveys/answers',
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'x-ustaz-request': '1',
        },
      },
      (response) => {
        response.resume()
        response.once('end', () => {
          resolve(response.statusCode ?? 0)
        })
        response.once('error', reject)
      },
    )
    asked.once('error', reject)
    asked.end(body)
  })
}
