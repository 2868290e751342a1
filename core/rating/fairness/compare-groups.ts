import { fairnessDimensions } from '../../contract/resources/fairness.ts'
import type { Fairness, FairnessGroup } from '../../contract/resources/fairness.ts'
import { gapBetween, gapWithin, join, nobody } from './gap.ts'
import type { Sample } from './gap.ts'
import { hideSmallGroups, smallestGroup } from './hide-groups.ts'
import type { Stratum } from './read-strata.ts'

/** Every group against everybody else, as it is and at equal position; small groups are left out. */
export function compareGroups(strata: readonly Stratum[]): Fairness {
  const dimensions = fairnessDimensions.map((dimension) => {
    const own = strata.filter((stratum) => stratum.dimension === dimension)
    const groups = [...new Set(own.map(({ group }) => group))].map((group) => describe(own, group))
    const { shown, hidden } = hideSmallGroups(groups)
    const people = hidden.reduce((sum, { count }) => sum + count, 0)
    return { dimension, groups: shown, hidden: { groups: hidden.length, people } }
  })
  const [first] = fairnessDimensions
  const count = strata.filter(({ dimension }) => dimension === first).reduce((sum, one) => sum + one.count, 0)
  return { smallestGroup, count, dimensions }
}

function describe(strata: readonly Stratum[], group: string | null): FairnessGroup {
  const mine = joined(strata.filter((one) => one.group === group))
  const others = joined(strata.filter((one) => one.group !== group))
  const names = [...new Set(strata.map(({ stratum }) => stratum))]
  const pairs = names.map((name) => {
    const within = strata.filter(({ stratum }) => stratum === name)
    const sides = [
      within.filter((one) => one.group === group),
      within.filter((one) => one.group !== group),
    ] as const
    return [joined(sides[0]), joined(sides[1])] as const
  })
  return {
    group,
    count: mine.count,
    mean: mine.mean,
    gap: gapBetween(mine, others),
    adjustedGap: gapWithin(pairs),
  }
}

const joined = (samples: readonly Sample[]): Sample => samples.reduce<Sample>(join, nobody)
