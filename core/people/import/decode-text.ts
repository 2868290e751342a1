export interface DecodedText {
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251'
}

const marks = [
  { encoding: 'utf-8', bytes: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf-16le', bytes: [0xff, 0xfe] },
  { encoding: 'utf-16be', bytes: [0xfe, 0xff] },
] as const

/**
 * Text of a file without its byte order mark. Without a mark it is UTF-8 if it can be, else windows-1251, which has no
 * Kazakh letters: the caller warns. null: not a text (bytes that no text has).
 */
export function decodeText(content: Uint8Array): DecodedText | null {
  const mark = marks.find(({ bytes }) => bytes.every((byte, i) => content[i] === byte))
  const decoded = mark
    ? decodeAs(mark.encoding, content)
    : (decodeAs('utf-8', content) ?? decodeAs('windows-1251', content))
  return decoded && isText(decoded.text) ? decoded : null
}

function decodeAs(encoding: DecodedText['encoding'], content: Uint8Array): DecodedText | null {
  try {
    return { encoding, text: new TextDecoder(encoding, { fatal: true }).decode(content) }
  } catch {
    return null
  }
}

/** No control characters but tab, line ends and form feed; markup is no table either. */
function isText(text: string): boolean {
  return !/[\x00-\x08\x0B\x0E-\x1F]/.test(text) && !text.trimStart().startsWith('<')
}
