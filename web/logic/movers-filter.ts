import { moves } from '@ustaz/core/contract'

export const moversStates = ['league', 'unit', 'move', 'search', 'sort'] as const
export type MoversState = Partial<Record<(typeof moversStates)[number], string>>
export const moversSorts = ['place', 'total', 'name'] as const

/** The query of the movers' route for what stands in the address; values that cannot be are left out. */
export function moversFilter(state: MoversState) {
  const move = moves.find((known) => known === state.move)
  const unit = Number(state.unit)
  return {
    ...(state.league ? { league: state.league } : {}),
    ...(Number.isInteger(unit) && unit > 0 ? { unit } : {}),
    ...(move ? { move } : {}),
    ...(state.search ? { search: state.search } : {}),
    sort: moversSorts.find((known) => known === state.sort) ?? ('place' as const),
  }
}

/** How a change is meant: a better place or more points are good news. */
export function toneOf(change: number): 'better' | 'worse' | 'same' {
  return change === 0 ? 'same' : change > 0 ? 'better' : 'worse'
}
