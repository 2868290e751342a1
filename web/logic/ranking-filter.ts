export type RankingState = Partial<
  Record<'league' | 'unit' | 'position' | 'status' | 'search' | 'sort' | 'direction', string>
>
const statuses = ['ranked', 'excluded', 'blocked'] as const

/** The query of the ranking route for what stands in the address; values that cannot be are left out. */
export function rankingFilter(state: RankingState) {
  const status = statuses.find((known) => known === state.status)
  const unit = Number(state.unit)
  const sort = state.sort ?? 'total'
  return {
    ...(state.league ? { league: state.league } : {}),
    ...(Number.isInteger(unit) && unit > 0 ? { unit } : {}),
    ...(state.position ? { position: state.position } : {}),
    ...(status ? { status } : {}),
    ...(state.search ? { search: state.search } : {}),
    sort,
    direction: directionOf(state.direction, sort),
  }
}

/** Words go up from A, points come down from the most, unless asked otherwise. */
function directionOf(wanted: string | undefined, sort: string): 'asc' | 'desc' {
  if (wanted === 'asc' || wanted === 'desc') return wanted
  return firstDirection(sort)
}

export function firstDirection(sort: string): 'asc' | 'desc' {
  return ['place', 'name', 'code', 'position', 'department'].includes(sort) ? 'asc' : 'desc'
}
