import { describe, expect, test } from 'vitest'
import type { PointsFunction } from '../plugin/points-function.ts'
import { schemaFault } from '../plugins/json-schema.ts'
import { findPointsFaults } from './points-function-checks.ts'
import type { PointsSample } from './points-function-checks.ts'

/**
 * The contract suite of points functions: what they take can be drawn and described, they are pure, they answer a decimal number
 * or null, and the points of the samples (at least one) that say some.
 */
export function testPointsFunction(pointsFunction: PointsFunction, samples: readonly PointsSample[]): void {
  describe(`the function ${pointsFunction.id} keeps the contract`, () => {
    test('its parameters can be drawn as a form, its values described', () => {
      expect(schemaFault(pointsFunction.params, 'params')).toEqual([])
      expect(schemaFault(pointsFunction.values, 'values')).toEqual([])
    })
    test('it is a pure function that answers the samples', () => {
      expect(samples.length).toBeGreaterThan(0)
      expect(samples.flatMap((sample) => findPointsFaults(pointsFunction, sample))).toEqual([])
    })
  })
}
