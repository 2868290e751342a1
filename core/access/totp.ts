import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/**
 * One-time passwords by the clock (RFC 6238 over RFC 4226), as the apps on phones make them. Node's own crypto does it in these few
 * lines, which the vectors of the RFCs hold; a library would be one more thing to trust with the secret.
 */
export const totp = { digits: 6, periodSeconds: 30 }
/** A phone's clock may be one step off (RFC 6238, 5.2). */
const driftSteps = 1

/** 160 bits, as long as the hash (RFC 4226, section 4, R6). */
export function createTotpSecret(): Buffer {
  return randomBytes(20)
}

/** Which period of 30 seconds since 1970 a moment is in. */
export function stepAt(time: Date): number {
  return Math.floor(time.getTime() / 1000 / totp.periodSeconds)
}

/** The code of a step (RFC 4226, 5.3: HMAC-SHA-1, dynamic truncation), with its leading zeros. */
export function codeAt(secret: Buffer, step: number, digits = totp.digits): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const offset = (hash.at(-1) ?? 0) & 0xf
  const number = hash.readUInt32BE(offset) & 0x7fffffff
  return String(number % 10 ** digits).padStart(digits, '0')
}

/** The step whose code it is, the present one or a neighbour; null: none of them, or not six digits. */
export function matchingStep(secret: Buffer, code: string, now: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null
  const present = stepAt(now)
  let found: number | null = null
  for (let step = present - driftSteps; step <= present + driftSteps; step++)
    if (timingSafeEqual(Buffer.from(codeAt(secret, step)), Buffer.from(code))) found = step
  return found
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648, section 6, without padding. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => alphabet[parseInt(group.padEnd(5, '0'), 2)]).join('')
}

/** What a QR code for an authenticator app holds (the Key URI format that Google Authenticator documented). */
export function totpAddress(secret: Buffer, account: string): string {
  const label = encodeURIComponent(`Ustaz:${account}`)
  const query = new URLSearchParams({
    secret: base32(secret),
    issuer: 'Ustaz',
    algorithm: 'SHA1',
    digits: String(totp.digits),
    period: String(totp.periodSeconds),
  })
  return `otpauth://totp/${label}?${query.toString()}`
}
