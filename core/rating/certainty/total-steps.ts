import type { RegulationDocument } from '../../contract/regulation/document.ts'

/** A line of the trace that is about the total, in its order. */
export interface TotalStep {
  kind: string
  clause: string
  amount: number
}

/**
 * What the lines after the areas do, as total = areas x factor + added: a norm that is subtracted adds, one that divides multiplies,
 * a requirement that takes everything leaves 0. What a norm divides a total of 0 by does not show, and it is taken as it is. Limits of the total are no part of it: they hold for other areas differently.
 * `score`: sum of the areas' scores.
 */
export function finishOf(
  score: number,
  steps: readonly TotalStep[],
  { norms }: Pick<RegulationDocument, 'norms'>,
): { factor: number; added: number } {
  const dividing = new Set(norms.filter(({ mode }) => mode === 'ratio').map(({ id }) => id))
  let [total, factor, added] = [score, 1, 0]
  for (const { kind, clause, amount } of steps) {
    if (kind === 'cap' || kind === 'floor') continue
    const after = total + amount
    if (kind === 'requirement') [factor, added] = [0, 0]
    else if (kind === 'norm' && dividing.has(clause)) {
      const ratio = total === 0 ? 1 : after / total
      factor *= ratio
      added *= ratio
    } else if (kind !== 'aggregate') added += amount
    total = after
  }
  return { factor, added }
}
