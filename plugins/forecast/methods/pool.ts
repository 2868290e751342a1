import { onLogScale } from './method.ts'
import type { Method } from './method.ts'
import { autoregression, dampedDrift, drift, mean, naive, recentDrift } from './simple.ts'
import { dampedTrend, holt, simpleSmoothing } from './smoothing.ts'
import { dynamicTheta, theta } from './theta.ts'

/** The classical methods that are tried on every series and weighed by the network; the order is that of its inputs. */
export const pool = {
  naive,
  mean,
  drift,
  recentDrift,
  dampedDrift,
  simpleSmoothing,
  holt,
  dampedTrend,
  theta,
  dynamicTheta,
  logHolt: onLogScale(holt, holt),
  logDamped: onLogScale(dampedTrend, dampedTrend),
  logTheta: onLogScale(theta, theta),
  autoregression,
} as const satisfies Record<string, Method>
export type PoolMethod = keyof typeof pool
export const poolMethods = Object.keys(pool) as PoolMethod[]
