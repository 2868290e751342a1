/** The bytes as text, with the encoding they were read in, and whether that was known or guessed. */
export type Decoded = {
  text: string
  encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1251' | 'windows-1252'
  /** true when the bytes carry no mark and are not UTF-8, so that the encoding was guessed from their pattern */
  guessed: boolean
}

function read(bytes: Uint8Array, encoding: Decoded['encoding'], guessed = false): Decoded {
  return { text: new TextDecoder(encoding).decode(bytes), encoding, guessed }
}

/** Bytes above 127 mostly stand beside each other in Cyrillic words, and mostly between ASCII letters in Western ones. */
function looksCyrillic(bytes: Uint8Array): boolean {
  let besideHigh = 0
  let besideAscii = 0
  for (let i = 1; i < bytes.length; i++) {
    if ((bytes[i] ?? 0) < 0xc0) continue
    const before = bytes[i - 1] ?? 0
    if (before >= 0xc0) besideHigh++
    else if (/[a-z]/i.test(String.fromCharCode(before))) besideAscii++
  }
  return besideHigh > besideAscii
}

/** UTF-16 without a mark: ASCII characters leave a zero in every second byte, which no other text holds. */
function unmarkedUtf16(bytes: Uint8Array): Decoded['encoding'] | null {
  const sample = bytes.subarray(0, 4096)
  const zerosAt = (rest: number) => sample.filter((byte, i) => byte === 0 && i % 2 === rest).length
  const enough = Math.max(2, sample.length / 20)
  if (zerosAt(1) > enough && zerosAt(0) * 10 < zerosAt(1)) return 'utf-16le'
  return zerosAt(0) > enough && zerosAt(1) * 10 < zerosAt(0) ? 'utf-16be' : null
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/**
 * Reads a bibliography file: UTF-8 with or without a mark, UTF-16 with a mark or told by its zeros,
 * else Windows 1251 or 1252 by the letters.
 * The mark itself is dropped. Never throws.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return read(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return read(bytes, 'utf-16be')
  const utf16 = unmarkedUtf16(bytes)
  if (utf16) return read(bytes, utf16, true)
  if (isUtf8(bytes)) return read(bytes, 'utf-8')
  return read(bytes, looksCyrillic(bytes) ? 'windows-1251' : 'windows-1252', true)
}
