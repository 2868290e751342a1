/** Told to end by SIGINT or SIGTERM, once: a second one ends the process at once, as it would without us. */
export function untilSignal(): { name: Promise<NodeJS.Signals>; signal: AbortSignal } {
  const ending = new AbortController()
  const name = new Promise<NodeJS.Signals>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        ending.abort()
        resolve(signal)
      })
    }
  })
  return { name, signal: ending.signal }
}
