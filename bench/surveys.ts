/**
 * npm run bench:surveys -- [--answers 20000] [--burst 500] [--linked]
 *
 * A whole university answers on one evening: bursts of so many phones at once, each over a connection of its own, against one process with fsync on.
 * An answer is accepted when the phone has read that it is committed; its time runs from the first try. Then the same once more while the process
 * is killed with -9 three times in the middle of bursts, and the phones retry with the same number of the answer as the page does. Lost and doubled are
 * what the sums of both halves lack or have too much, cell by cell and value by value. Linked: each answer is about six teachers and kept together. Phones, server and PostgreSQL share the machine.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Database } from '../core/database/connection.ts'
import { withBenchServer } from './bench-server.ts'
import { compareSums, makeCampaign } from './surveys/campaign.ts'
import type { Phone } from './surveys/campaign.ts'
import { sendUntilAccepted } from './surveys/send.ts'

const { values } = parseArgs({
  options: {
    answers: { type: 'string', default: '20000' },
    burst: { type: 'string', default: '500' },
    linked: { type: 'boolean', default: false },
  },
})
const answers = Number(values.answers)
const burst = Number(values.burst)
const main = fileURLToPath(new URL('../core/main.ts', import.meta.url))
const migrations = new URL('../plugins/surveys/migrations/', import.meta.url)

await withBenchServer(async (server) => {
  const owners = [{ owner: 'surveys', folder: migrations }]
  const result = await server.inDatabase('surveys', owners, async (database, url) => await run(database, url))
  console.log(JSON.stringify({ bench: 'surveys', ...result }))
})

async function run(database: Database, url: string) {
  const folder = await mkdtemp(join(tmpdir(), 'ustaz-surveys-'))
  const port = await freePort()
  const start = async () => await startServer({ url, folder, port })
  let server = await start()
  try {
    const calm = await makeCampaign(database, answers, values.linked)
    const seconds = -performance.now() / 1000
    const times = await answerAll(calm.phones, port)
    const took = seconds + performance.now() / 1000
    const rough = await makeCampaign(database, answers, values.linked)
    const restart = async () => {
      await kill(server)
      server = await start()
    }
    await answerAll(rough.phones, port, restart)
    const first = await compareSums(database, calm)
    const second = await compareSums(database, rough)
    console.log(
      `without killing: lost ${first.lost}, doubled ${first.doubled}; killed three times: lost ${second.lost}, doubled ${second.doubled}`,
    )
    return {
      answers_per_s: Math.round(answers / took),
      p50_ms: quantile(times, 0.5),
      p99_ms: quantile(times, 0.99),
      lost: first.lost + second.lost,
      doubled: first.doubled + second.doubled,
    }
  } finally {
    await kill(server)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds from the first try of each phone until it knows; `restart` is called three times in the middle of bursts. */
async function answerAll(
  phones: readonly Phone[],
  port: number,
  restart?: () => Promise<void>,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: burst })
  const bursts = Math.ceil(phones.length / burst)
  const killed = [0.25, 0.5, 0.75].map((part) => Math.floor(bursts * part))
  const times: number[] = []
  for (let number = 0; number < bursts; number += 1) {
    const own = phones.slice(number * burst, (number + 1) * burst)
    const all = Promise.all(own.map(async (phone) => await sendUntilAccepted(phone, { port, agent })))
    if (restart && killed.includes(number)) {
      await new Promise((resolve) => setTimeout(resolve, 40))
      await restart()
    }
    times.push(...(await all))
  }
  agent.destroy()
  return times
}

function quantile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0)
}

async function startServer({ url, folder, port }: { url: string; folder: string; port: number }) {
  const environment = {
    ...process.env,
    DATABASE_URL: url,
    USTAZ_DATA_DIR: folder,
    PORT: String(port),
    LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, [main, 'start', '--only', 'api'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const address = `http://127.0.0.1:${port}/s/surveys/`
  while (
    !(await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (server.exitCode !== null) throw new Error('the server did not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return server
}

async function kill(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = once(server, 'exit')
  server.kill('SIGKILL')
  await gone
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  await new Promise((resolve) => probe.close(resolve))
  if (typeof address !== 'object' || !address) throw new Error('no free port')
  return address.port
}
