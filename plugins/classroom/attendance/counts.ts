/** A value and when it was measured, ms since 1970. */
export interface Sample {
  at: number
  value: number
}
/** People through a door since the sample before. */
export interface Crossing {
  at: number
  in: number
  out: number
}

/** People in the room at the middle of a minute, with the standard deviation of its error; null: nobody knows. */
export type MinuteCount = { people: number; error: number } | null

/** The last sample at or before a moment that still holds (for less than `holdMs`); null: none. Samples in the order of time. */
export function holdsAt(samples: readonly Sample[], moment: number, holdMs: number): Sample | null {
  let low = 0
  let high = samples.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (samples[middle]!.at <= moment) low = middle + 1
    else high = middle
  }
  const last = samples[low - 1]
  return last && moment - last.at < holdMs ? last : null
}

/**
 * What passed between the readings of a counter that counts up. A reading below the one before is a counter that started anew: what it shows
 * has passed since then; what passed between the last reading and the restart is lost, which the drift over the day shows. Where more than can
 * have passed is shown, it is another counter: counting starts there. A reading that is lower than both the one before and the next is out of
 * order (an old message, a clock that was set) and passed over. The first reading is where counting starts.
 */
export function passedSince(totals: readonly Sample[]): { at: number; passed: number }[] {
  const passed: { at: number; passed: number }[] = []
  let last = totals[0]
  for (const [index, one] of totals.entries()) {
    if (index === 0 || !last || isOutOfOrder(last, one, totals[index + 1])) continue
    const isAnew = one.value < last.value
    const since = isAnew ? one.value : one.value - last.value
    passed.push({ at: one.at, passed: isAnew && !canPass(since, one.at - last.at) ? 0 : since })
    last = one
  }
  return passed
}

/** A counter that starts anew shows little, and takes its time to come back to where it was. */
function isOutOfOrder(before: Sample, one: Sample, next: Sample | undefined): boolean {
  if (!next || one.value >= before.value || next.value < before.value) return false
  return one.value >= before.value / 2 || !canPass(next.value - one.value, next.at - one.at)
}

/** Through a door of one and a half metres (1.3 people per second and metre of width: SFPE Handbook, Employing the Hydraulic Model). */
const mostPerSecond = 2
/** Readings that follow each other faster say nothing of how fast people pass: messages that were held up come together. */
const leastSeconds = 10

function canPass(people: number, ms: number): boolean {
  return people <= mostPerSecond * Math.max(leastSeconds, ms / 1000)
}

/** Variance of the error that each crossing adds where nothing is known of the counter: one of fifty is missed or doubled. */
const leastErrorPerCrossing = 0.02

/**
 * People inside after each crossing, from an empty room in the morning to an empty room at night (or to now: `isComplete` false). What is left
 * over at night was miscounted somewhere; it is taken away in proportion to the crossings so far, which is the expected path of a sum of
 * independent errors that is known at both ends (a Brownian bridge; its variance is s^2 c (C - c) / C after c of C crossings, s^2 the variance
 * of one crossing, estimated by the drift itself). Never below 0.
 */
export function insideAfter(
  crossings: readonly Crossing[],
  isComplete: boolean,
): { at: number; people: number; error: number }[] {
  const total = crossings.reduce((sum, one) => sum + one.in + one.out, 0)
  const drift = isComplete ? crossings.reduce((sum, one) => sum + one.in - one.out, 0) : 0
  const perCrossing = Math.max(total > 0 ? drift ** 2 / total : 0, leastErrorPerCrossing)
  let [net, passed] = [0, 0]
  return crossings.map((one) => {
    net += one.in - one.out
    passed += one.in + one.out
    const share = total > 0 ? passed / total : 0
    const variance = perCrossing * passed * (isComplete ? 1 - share : 1)
    return { at: one.at, people: Math.max(0, net - drift * share), error: Math.sqrt(variance) }
  })
}
