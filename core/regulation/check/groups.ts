import type { Fault } from '../../contract/problem.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import { faultAt } from './fault.ts'

/**
 * Two groups share no criterion, or the later holds the earlier. One within another has no share of the total: what the limits of the
 * outer one cut would be counted into it.
 */
export function checkGroups({ groups }: RegulationDocument): Fault[] {
  return groups.flatMap((group, index) => {
    const earlier = groups.slice(0, index)
    const torn = earlier.find((one) => shares(one, group) && !holds(group, one))
    if (torn)
      return [faultAt(['groups', index, 'criteria'], 'groups-overlap', { clause: group.id, other: torn.id })]
    return earlier.flatMap((one, at) =>
      one.shareOfTotal !== null && holds(group, one)
        ? [faultAt(['groups', at, 'shareOfTotal'], 'group-share-within', { clause: one.id, other: group.id })]
        : [],
    )
  })
}

type Group = RegulationDocument['groups'][number]
const shares = (a: Group, b: Group) => a.criteria.some((id) => b.criteria.includes(id))
const holds = (outer: Group, inner: Group) => inner.criteria.every((id) => outer.criteria.includes(id))
