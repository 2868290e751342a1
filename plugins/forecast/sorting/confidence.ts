/** Confidence of each class at a temperature (Guo et al. 2017): the scores' differences are divided by it, so that 0.8 is right in 80 %. */
export function confidences(scores: ArrayLike<number>, temperature: number): number[] {
  const scaled = Array.from(scores, (score) => score / temperature)
  const highest = Math.max(...scaled)
  const parts = scaled.map((score) => Math.exp(score - highest))
  const sum = parts.reduce((total, part) => total + part, 0)
  return parts.map((part) => part / sum)
}

const temperatures = Array.from({ length: 41 }, (_, step) => 0.1 * 1.12 ** step)

/** The temperature under which the true labels are likeliest, of 41 from 0.1 to 9.3. */
export function fitTemperature(scores: readonly ArrayLike<number>[], labels: readonly number[]): number {
  const losses = temperatures.map((temperature) =>
    scores.reduce(
      (sum, one, index) => sum - Math.log(Math.max(1e-12, confidences(one, temperature)[labels[index]!]!)),
      0,
    ),
  )
  return temperatures[losses.indexOf(Math.min(...losses))]!
}

/** Place of the highest. */
export function best(values: ArrayLike<number>): number {
  let place = 0
  for (let at = 1; at < values.length; at++) if (values[at]! > values[place]!) place = at
  return place
}

/** The lower end of the 95 % interval of a share (Wilson 1927). `count` above 0. */
export function lowerShare(hits: number, count: number): number {
  const z = 1.959963984540054
  const share = hits / count
  const middle = share + z ** 2 / (2 * count)
  const reach = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))
  return (middle - reach) / (1 + z ** 2 / count)
}
