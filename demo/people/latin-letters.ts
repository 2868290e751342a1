/** Letters of ICAO Doc 9303 part 3 section 6 (machine-readable passports); the Kazakh ones without marks. */
const letters: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'g', д: 'd', е: 'e', ё: 'e', ж: 'zh', з: 'z', и: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n',
  о: 'o', п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ъ: 'ie', ы: 'y',
  ь: '', э: 'e', ю: 'iu', я: 'ia', ә: 'a', ғ: 'g', қ: 'k', ң: 'n', ө: 'o', ұ: 'u', ү: 'u', һ: 'h', і: 'i', ı: 'i',
} // prettier-ignore

const written = new Map<string, string>()

/** A name as a passport has it in Latin letters, without marks: "Шырғанақова" is "Shyrganakova". */
export function inLatinLetters(name: string): string {
  const known = written.get(name)
  if (known !== undefined) return known
  const latin = transliterate(name)
  written.set(name, latin)
  return latin
}

function transliterate(name: string): string {
  const latin = [...name.normalize('NFC')].map((letter) => {
    const small = letters[letter.toLowerCase()]
    if (small === undefined) return letter
    return letter === letter.toLowerCase() ? small : small.charAt(0).toUpperCase() + small.slice(1)
  })
  return latin
    .join('')
    .normalize('NFD')
    .replace(/\p{Mark}/gu, '')
}
