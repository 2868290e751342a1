import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What publish.ts says at its end. */
export interface Published {
  begunAt: number
  sent: number[]
  processor: number
}

export const deviceCount = 100

/** Publishes so many messages in a process of its own; `rate`: a second, 0: as fast as the broker takes them. */
export async function publish(url: string, count: number, rate: number): Promise<Published> {
  const file = fileURLToPath(new URL('publish.ts', import.meta.url))
  const child = spawn(process.execPath, [file, url, String(deviceCount), String(count), String(rate)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  if (code !== 0) throw new Error(`the publisher ended with ${code}`)
  return JSON.parse(output) as Published
}
