import type { Answer } from '../../plugins/surveys/questions/read-answer.ts'
import type { Random } from '../random.ts'
import { choices, sentences } from './questions.ts'

const scales = ['clear', 'fair', 'answers', 'interest']
/** Chances of the steps 1 to 5 of a teacher whom students like least, and of the one whom they like best. */
const least = [3, 5, 8, 6, 3]
const best = [0, 0, 1, 4, 10]

/** What one student answers about a teacher of a quality from 0 to 1; now and then a question is left out, and seldom something written. */
export function inventAnswer(random: Random, quality: number): Answer {
  const mood = Math.min(1, Math.max(0, quality + (random.unit() - 0.5) * 0.4))
  const weights = least.map((low, step) => low * (1 - mood) + best[step]! * mood)
  const given = scales.flatMap((scale) =>
    random.chance(0.04) ? [] : [[scale, 1 + random.weighted(weights)]],
  )
  return {
    ...(Object.fromEntries(given) as Record<string, number>),
    pace: random.pick(choices.pace),
    helped: choices.helped.filter((_, index) => index === 0 || random.chance(0.3)),
    ...(random.chance(0.03) ? { words: random.pick(sentences) } : {}),
  }
}
