/** A value for each parameter, and how far the first simplex reaches from the start. */
export interface SearchStart {
  at: readonly number[]
  step: readonly number[]
}

const shrink = 0.5
const tolerance = 1e-8

/**
 * The point of the smallest value found by the simplex search of Nelder and Mead (The Computer Journal 7, 1965, 308-313), with their
 * coefficients 1, 2 and 1/2. `cost` answers Infinity outside what is allowed; the start must be inside. Deterministic.
 */
export function minimise(
  cost: (point: Float64Array) => number,
  start: SearchStart,
  rounds = 400,
): Float64Array {
  const size = start.at.length
  const points = [Float64Array.from(start.at)]
  for (let axis = 0; axis < size; axis++) {
    const point = Float64Array.from(start.at)
    point[axis] = point[axis]! + start.step[axis]!
    points.push(point)
  }
  const simplex = points.map((point) => ({ point, value: cost(point) }))
  for (let round = 0; round < rounds; round++) {
    simplex.sort((a, b) => a.value - b.value)
    const best = simplex[0]!
    const worst = simplex[size]!
    if (Math.abs(worst.value - best.value) <= tolerance * (Math.abs(best.value) + tolerance)) break
    const centre = centreOf(simplex.slice(0, size).map(({ point }) => point))
    const tried = (factor: number) => {
      const point = centre.map((middle, axis) => middle + factor * (worst.point[axis]! - middle))
      return { point, value: cost(point) }
    }
    const reflected = tried(-1)
    if (reflected.value < best.value) {
      const expanded = tried(-2)
      simplex[size] = expanded.value < reflected.value ? expanded : reflected
    } else if (reflected.value < simplex[size - 1]!.value) {
      simplex[size] = reflected
    } else {
      const contracted = tried(reflected.value < worst.value ? -0.5 : 0.5)
      if (contracted.value < Math.min(worst.value, reflected.value)) simplex[size] = contracted
      else shrinkTowards(best.point)
    }
  }
  return simplex.reduce((low, one) => (one.value < low.value ? one : low)).point

  function shrinkTowards(best: Float64Array): void {
    for (const one of simplex.slice(1)) {
      one.point = one.point.map((value, axis) => best[axis]! + shrink * (value - best[axis]!))
      one.value = cost(one.point)
    }
  }
}

function centreOf(points: readonly Float64Array[]): Float64Array {
  const [first] = points
  return Float64Array.from(
    first!,
    (_, axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / points.length,
  )
}
