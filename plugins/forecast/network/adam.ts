/**
 * Adam (Kingma and Ba 2015) with decoupled decay of the weights (Loshchilov and Hutter 2019); a step changes the arrays in place.
 * `decay`: share of a weight that goes with each step, times the rate.
 */
export function createAdam(
  arrays: readonly Float32Array[],
  decay: number,
): (gradients: readonly Float32Array[], rate: number) => void {
  const first = arrays.map((array) => new Float32Array(array.length))
  const second = arrays.map((array) => new Float32Array(array.length))
  let step = 0
  return (gradients, rate) => {
    step++
    const [correct1, correct2] = [1 - 0.9 ** step, 1 - 0.999 ** step]
    arrays.forEach((array, index) => {
      const [m, v, gradient] = [first[index]!, second[index]!, gradients[index]!]
      for (let at = 0; at < array.length; at++) {
        m[at] = 0.9 * m[at]! + 0.1 * gradient[at]!
        v[at] = 0.999 * v[at]! + 0.001 * gradient[at]! ** 2
        const move = m[at]! / correct1 / (Math.sqrt(v[at]! / correct2) + 1e-8)
        array[at] = array[at]! - rate * (move + decay * array[at]!)
      }
    })
  }
}
