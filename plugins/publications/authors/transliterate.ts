/**
 * Ways in which Kazakh and Russian names are written in Latin letters. Each table gives the letters in which a system differs
 * from `shared`; letters not named there are the same in all.
 */
const shared: Record<string, string> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'y', к: 'k', л: 'l', м: 'm',
  н: 'n', о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch',
  ъ: '', ы: 'y', ь: '', э: 'e', ю: 'yu', я: 'ya',
  ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i',
} // prettier-ignore

const systems = {
  /** What people and journals write without a standard. */
  common: {},
  /** ICAO Doc 9303, part 3, section 6 (machine-readable passports). */
  icao: { й: 'i', ъ: 'ie', ю: 'iu', я: 'ia' },
  /** BGN/PCGN: Russian 1947 (е is ye at the start and after vowels) and Kazakh 1979, without marks. */
  'bgn-pcgn': { ғ: 'gh', қ: 'q', ң: 'ng', ё: 'yo' },
  /** GOST 7.79-2000, system A (ISO 9), without marks. */
  'gost-7.79-a': { ж: 'z', й: 'j', х: 'h', ц: 'c', ч: 'c', ш: 's', щ: 's', ю: 'u', я: 'a' },
  /** GOST 7.79-2000, system B, without the marks that stand beside letters. */
  'gost-7.79-b': { ё: 'yo', й: 'j', х: 'x', ц: 'cz', щ: 'shh' },
  /** Kazakh in Latin letters, draft of 2021, without marks. */
  'kazakh-2021': { ж: 'j', й: 'i', х: 'h', ц: 'ts', ю: 'iu', я: 'ia', ш: 's', щ: 's', қ: 'q' },
  /** Custom of German, Czech and other European passports and journals: Jurij, Jana. */
  western: { ж: 'j', й: 'j', х: 'h', ю: 'ju', я: 'ja', ц: 'c', щ: 'sch', ё: 'jo' },
} as const satisfies Record<string, Record<string, string>>

export type TransliterationSystem = keyof typeof systems
export const transliterationSystems = Object.keys(systems) as TransliterationSystem[]

const vowels = /[аеёиоуыэюяәөұүі]/

/** The letter of a name in a system; BGN/PCGN writes е as ye where it sounds so. */
function letterIn(system: TransliterationSystem, letter: string, before: string | undefined): string {
  const own: Record<string, string> = systems[system]
  const sounded = before === undefined || vowels.test(before) || before === 'ъ' || before === 'ь'
  if (system === 'bgn-pcgn' && letter === 'е' && sounded) return 'ye'
  return own[letter] ?? shared[letter] ?? letter
}

export const isCyrillic = (text: string) => /\p{Script=Cyrillic}/u.test(text)

/** A name in Cyrillic in the Latin letters of a system: lower case, without marks. Other characters stay. */
export function transliterate(name: string, system: TransliterationSystem): string {
  const letters = [...name.normalize('NFC').toLowerCase()]
  return letters.map((letter, i) => letterIn(system, letter, letters[i - 1])).join('')
}

/** Spellings on which systems and habits differ, each brought to one: longer ones first. */
const soundRules: readonly [RegExp, string][] = [
  [/shch|shh|sch|tsch|sh/g, 's'],
  [/tch|ch/g, 'c'],
  [/kh|x/g, 'h'],
  [/gh/g, 'g'],
  [/zh|dzh|dj/g, 'z'],
  [/ts|tz|cz/g, 'c'],
  [/ph/g, 'f'],
  [/q|ck/g, 'k'],
  [/w/g, 'v'],
  [/ng(?=[aeiouy]|$)/g, 'n'],
  [/[iy]y|yi|ij|yj|ii/g, 'i'],
  [/[yj](?=[aeou])|(?<=[^aeiouy])i(?=[aou])/g, ''],
  [/[yj]/g, 'i'],
  [/(?:^|(?<=[aeiou]))i(?=[aou])/g, ''],
  [/(.)\1+/g, '$1'],
]

/** Latin letters with marks that stand for other sounds than the bare letter would. */
const marked: Record<string, string> = {
  ş: 'sh',
  š: 'sh',
  ŝ: 'sh',
  ž: 'zh',
  č: 'ch',
  ç: 'ch',
  û: 'yu',
  â: 'ya',
  ı: 'y',
}

function soundOf(latin: string): string {
  const letters = latin
    .normalize('NFC')
    .toLowerCase()
    .replace(/[şšŝžčçûâı]/g, (letter) => marked[letter] ?? letter)
  const bare = letters.normalize('NFD').replace(/[^a-z]/g, '')
  return soundRules.reduce((text, [pattern, sound]) => text.replace(pattern, sound), bare)
}

/** Letters that are read in two ways: j as й and as ж, x as х and as кс. */
const twofold: readonly [RegExp, string][] = [
  [/j/gi, 'zh'],
  [/x/gi, 'ks'],
]

/**
 * Keys under which different spellings of a name meet ("Жұмабаев", "Zhumabayev", "Jumabaev"); up to four, one for each way of
 * reading j and x. Coarse on purpose: names that share a key only sound alike.
 */
export function soundKeys(name: string): string[] {
  const latin = isCyrillic(name) ? transliterate(name, 'common') : name
  const readings = twofold.reduce(
    (all, [letter, sound]) => [...all, ...all.map((reading) => reading.replace(letter, sound))],
    [latin],
  )
  return [...new Set(readings.map(soundOf))]
}
