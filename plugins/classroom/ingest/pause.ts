/** Waits, or until the end is asked for. */
export async function pause(seconds: number, end: AbortSignal): Promise<void> {
  if (end.aborted) return
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer)
      end.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, seconds * 1000)
    end.addEventListener('abort', done)
  })
}
