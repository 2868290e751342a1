import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const bytes = 32

/** A password that no person has to remember: 144 bits. */
export function makePassword(): string {
  return randomBytes(18).toString('base64url')
}

/** scrypt with a salt, as "scrypt$salt$key" in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return `scrypt$${salt.toString('base64url')}$${(await derive(password, salt, bytes)).toString('base64url')}`
}

export async function isPasswordOf(password: string, hash: string): Promise<boolean> {
  const [method, salt, key] = hash.split('$')
  if (method !== 'scrypt' || !salt || !key) return false
  const derived = await derive(password, Buffer.from(salt, 'base64url'), bytes)
  const expected = Buffer.from(key, 'base64url')
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}
