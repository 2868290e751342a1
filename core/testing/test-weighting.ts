import { describe, expect, test } from 'vitest'
import type { Weighting } from '../plugin/weighting.ts'
import { schemaFault } from '../plugins/json-schema.ts'
import { findWeightingFaults } from './weighting-checks.ts'
import type { WeightingSample } from './weighting-checks.ts'

export type { WeightingSample } from './weighting-checks.ts'

/**
 * The contract suite of weightings: pure, finite, weights of 0 or more for exactly the areas (and each teacher, where they have their
 * own), the same for the teachers in any order; an unknown value is weighed or refused with a UstazError, and the weights of a teacher
 * whose position or readings are unknown are unknown. Its own numbers are for the author's tests.
 */
export function testWeighting(weighting: Weighting, sample: WeightingSample): void {
  describe(`the weighting ${weighting.id} keeps the contract`, () => {
    test('its parameters can be drawn as a form', () => {
      expect(schemaFault(weighting.params, 'params')).toEqual([])
    })
    test('it is a pure function that weighs every area', () => {
      expect(findWeightingFaults(weighting, sample)).toEqual([])
    })
  })
}
