import { createHash, randomBytes } from 'node:crypto'

/** 256 random bits: what a cookie, a link or a token holds. Only its hash is stored, so what is stored opens nothing. */
export function createSecret(): { text: string; hash: Buffer } {
  const text = randomBytes(32).toString('base64url')
  return { text, hash: hashSecret(text) }
}

/** SHA-256 does for what is random throughout; passwords, which can be guessed, go through core/access/password.ts. */
export function hashSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
