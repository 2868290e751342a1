/** A range of places in words: "4–9", and "4" where both ends are the same. */
export function placesText(lower: number, upper: number, count: (value: number) => string): string {
  return lower === upper ? count(lower) : `${count(lower)}–${count(upper)}`
}

/** The choice that moves most places when only it is made anew; null: nothing is open, or nothing moves. */
export function mostMoving<T extends { alone: number | null }>(choices: readonly T[]): T | null {
  const moving = choices.filter(({ alone }) => alone !== null && alone > 0)
  return moving.reduce<T | null>(
    (most, one) => (most === null || one.alone! > most.alone! ? one : most),
    null,
  )
}
