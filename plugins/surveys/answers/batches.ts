/**
 * Collects what comes while a batch is on its way, and does it together as the next one: many commits become one, and nobody can tell by
 * transactions which of them belonged together. `work` answers in the order of its items; if it fails, all of the batch fail.
 */
export function createBatches<Item, Outcome>(
  work: (items: readonly Item[]) => Promise<readonly Outcome[]>,
  largest: number,
): (item: Item) => Promise<Outcome> {
  let waiting: { item: Item; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }[] = []
  let isWorking = false
  const run = async () => {
    isWorking = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, largest)
      waiting = waiting.slice(largest)
      await work(batch.map(({ item }) => item)).then(
        (outcomes) => {
          for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]!)
        },
        (error: unknown) => {
          for (const { reject } of batch) reject(error)
        },
      )
    }
    isWorking = false
  }
  return async (item) =>
    await new Promise<Outcome>((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!isWorking) void run()
    })
}
