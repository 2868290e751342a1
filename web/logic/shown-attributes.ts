import type { Criterion } from '@ustaz/core/contract'

/**
 * The attributes of a fact that help to understand its points: what is known and can be said in a line, and, even where it is
 * unknown, whatever the clause asks about.
 */
export function shownAttributes(
  attributes: Record<string, unknown>,
  criterion: Criterion | null,
): [string, unknown][] {
  const asked = criterion === null ? [] : valuesOf(criterion)
  return Object.entries(attributes).filter(([name, value]) => asked.includes(name) || isTellable(value))
}

function valuesOf({ points, where, split }: Criterion): string[] {
  const ofPoints = points.kind === 'table' ? [points.by] : 'of' in points ? [points.of] : []
  const ofSplit = split?.minimum ? [split.minimum.of] : []
  return [
    ...ofPoints,
    ...where.flatMap(({ value, any }) => value ?? (any ?? []).map((one) => one.value)),
    ...ofSplit,
  ]
}

function isTellable(value: unknown): boolean {
  if (value === null || value === undefined || value === '') return false
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => typeof item !== 'object')
  return typeof value !== 'object'
}
