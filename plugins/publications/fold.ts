/** Latin letters that do not decompose into a letter and a mark, and Russian ё, which is mostly printed е. */
const letters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ё: 'е',
}

/**
 * Text as it is compared: lower case, marks dropped from Latin and Greek letters (Müller = Muller), punctuation and spaces
 * dropped. Cyrillic stays Cyrillic and keeps its letters: й is not и, and Kazakh ә ғ қ ң ө ұ ү һ і stay what they are.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])\p{M}+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđðþıё]/g, (letter) => letters[letter] ?? letter)
    .replace(/[^\p{L}\p{N}]+/gu, '')
}
