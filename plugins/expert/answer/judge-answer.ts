import type { Answer } from './answer.ts'
import type { JudgedBestWorst } from './judge-best-worst.ts'
import { judgeBestWorst } from './judge-best-worst.ts'
import type { JudgedPairs, PairsRules } from './judge-pairs.ts'
import { judgePairs } from './judge-pairs.ts'

export type JudgedAnswer = JudgedPairs | JudgedBestWorst

/**
 * How far an answer is and whether it agrees with itself: the same in the browser, while it is given, and on the server. Throws where
 * it says what no answer can (judgePairs, judgeBestWorst).
 */
export function judgeAnswer(
  areas: readonly string[],
  answer: Answer,
  rules: PairsRules,
  expert = '',
): JudgedAnswer {
  return answer.method === 'ahp'
    ? judgePairs(areas, answer, rules, expert)
    : judgeBestWorst(areas, answer, expert)
}
