import { inventName } from '../people/names.ts'
import type { Random } from '../random.ts'

/** Names of one to three students who do not exist. */
export function inventStudents(random: Random): string {
  const names = Array.from({ length: random.integer(1, 3) }, () => {
    const { family, given } = inventName(random, random.chance(0.5) ? 'female' : 'male')
    return `${family} ${given}`
  })
  return names.join(', ')
}
