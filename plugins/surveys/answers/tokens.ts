import { createHash, randomBytes } from 'node:crypto'

/** 128 random bits as 22 signs that an address may have. */
export function makeToken(): string {
  return randomBytes(16).toString('base64url')
}

/** What is kept of a token, and of the number that a phone makes for its answer. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** The link that opens the page; what stands after # is sent to no server, and so stands in no log. */
export function linkOf(address: string, token: string): string {
  return `${address}/s/surveys/#${token}`
}
