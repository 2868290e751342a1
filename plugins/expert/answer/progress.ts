import type { Answer } from './answer.ts'

/** How many comparisons are given, of how many that are asked: n (n - 1) / 2 pairs, or 2n - 3 with the best and the worst. */
export function progressOf(areas: number, answer: Answer): { given: number; needed: number } {
  return answer.method === 'ahp'
    ? { given: answer.judgements.length, needed: (areas * (areas - 1)) / 2 }
    : {
        given: Object.keys(answer.bestToOthers).length + Object.keys(answer.othersToWorst).length,
        needed: 2 * areas - 3,
      }
}
