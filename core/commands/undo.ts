interface Stoppable {
  stop(): Promise<void>
}

/** What was opened, to be closed in the reverse order: at the end, or when something after it fails to open. */
export interface Undo {
  /** Remembers to stop this; answers it. */
  later<T extends Stoppable>(opened: T): T
  /** Stops all, newest first, each once. Goes on where one fails, and then throws the first failure. */
  run(): Promise<void>
  /** Does the work; if it fails, stops what was opened so far. */
  onFailure<T>(work: () => Promise<T>): Promise<T>
}

export function createUndo(): Undo {
  const opened: Stoppable[] = []
  const run = async () => {
    const failures: unknown[] = []
    for (const one of opened.splice(0).reverse()) {
      await one.stop().catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw failures[0]
  }
  return {
    later: (one) => {
      opened.push(one)
      return one
    },
    run,
    async onFailure(work) {
      try {
        return await work()
      } catch (error) {
        // The first failure is the one to tell; that something did not stop after it is its consequence.
        await run().catch(() => undefined)
        throw error
      }
    },
  }
}
