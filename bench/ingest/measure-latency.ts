import type { Database } from '../../core/database/connection.ts'
import type { BrokerAddress } from '../../core/plugin/index.ts'
import { publish } from './run-publisher.ts'

/** Messages a second, and for how long. */
const latency = { perSecond: 500, seconds: 20 }

/** From handing over until another connection sees the row, ms. */
export async function measureLatency(pool: Database['pool'], { url }: BrokerAddress) {
  const total = latency.perSecond * latency.seconds
  const seenAt = new Map<number, number>()
  const published = publish(url, total, latency.perSecond)
  const ends = performance.now() + latency.seconds * 1000 + 20_000
  for (let last = -1; seenAt.size < total && performance.now() < ends;) {
    const { rows } = await pool.query<{ sequence: number }>(
      'select sequence from plugin_classroom.reading where sequence > $1',
      [last - 500],
    )
    const now = Date.now()
    for (const { sequence } of rows) {
      if (!seenAt.has(sequence)) seenAt.set(sequence, now)
      last = Math.max(last, sequence)
    }
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  const { sent } = await published
  const times = [...seenAt].map(([sequence, at]) => at - sent[sequence]!).sort((a, b) => a - b)
  const quantile = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0
  return { p50: quantile(0.5), p99: quantile(0.99), lost: total - seenAt.size }
}
