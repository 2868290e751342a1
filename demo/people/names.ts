import type { Random } from '../random.ts'
import { nameWords } from '../words/names.ts'
import type { Script } from '../words/names.ts'
import { inLatinLetters } from './latin-letters.ts'

export type Sex = 'female' | 'male'

/** The name of somebody who does not exist. */
export interface InventedName {
  script: Script
  family: string
  given: string
  patronymic: string | null
  /** Family name and given name in Latin letters. */
  latin: { family: string; given: string }
}

const scripts: readonly Script[] = ['kazakh', 'russian', 'latin']
const scriptWeights = [78, 18, 4]

export function inventName(random: Random, sex: Sex, script?: Script): InventedName {
  const chosen = script ?? scripts[random.weighted(scriptWeights)]!
  const words = nameWords[chosen]
  const family = familyOf(random.pick(words.families), sex)
  const given = random.pick(words.given[sex])
  const patronymic = patronymicOf(random, chosen, sex)
  const latin = { family: inLatinLetters(family), given: inLatinLetters(given) }
  return { script: chosen, family, given, patronymic, latin }
}

/** Names that end like Russian ones have a form for women; the others are the same for all. */
function familyOf(male: string, sex: Sex): string {
  return sex === 'female' && /[оеё]в$|[иы]н$/.test(male) ? `${male}а` : male
}

/** Most Kazakh ones say "son of" or "daughter of"; a third follow the Russian pattern, and some people have none. */
function patronymicOf(random: Random, script: Script, sex: Sex): string | null {
  const { fathers } = nameWords[script]
  if (fathers.length === 0 || random.chance(0.04)) return null
  const father = random.pick(fathers)
  if (script === 'russian') return sex === 'male' ? father : father.replace(/ич$/, 'на')
  if (random.chance(0.35)) return father + (sex === 'male' ? 'ович' : 'овна')
  return father + (sex === 'male' ? 'ұлы' : 'қызы')
}

export function fullName({ family, given, patronymic }: InventedName): string {
  return [family, given, patronymic].filter((part) => part !== null).join(' ')
}
