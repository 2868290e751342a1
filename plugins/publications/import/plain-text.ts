const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  laquo: '«',
  raquo: '»',
  shy: '',
}

function decodeEntity(whole: string, name: string): string {
  const code = /^#x/i.test(name)
    ? parseInt(name.slice(2), 16)
    : name.startsWith('#')
      ? Number(name.slice(1))
      : NaN
  if (code > 0 && code <= 0x10ffff) return String.fromCodePoint(code)
  return named[name.toLowerCase()] ?? whole
}

const decodeEntities = (text: string) => text.replace(/&(#x?[\da-f]+|[a-z]+);/gi, decodeEntity)

/** An element's tag; "a<b and c>d" is none, because what follows the name must be attributes. */
const tag = /<\/?[a-z][\w:.-]*(?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*\/?>/gi

/**
 * Text of a title or name without markup: HTML, JATS and MathML tags go, entities are decoded (twice, for sources that
 * escape escaped text), spaces are made single. Superscripts stay as plain characters. Returns null when nothing is left.
 */
export function plainText(markup: string | null | undefined): string | null {
  if (markup == null) return null
  const decoded = decodeEntities(decodeEntities(markup))
  const text = decoded.replace(tag, '').replace(/\s+/g, ' ').trim().normalize('NFC')
  return text === '' ? null : text
}
