import { pbkdf2, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, Buffer>(scrypt)
const bytes = 32
const deriveForMosquitto = promisify(pbkdf2)
/** As mosquitto_passwd of 2.0 has it; more would add nothing to a password of 144 random bits, and the broker waits for it. */
const mosquitto = { iterations: 101, saltBytes: 12, keyBytes: 64 }

/** A new password with the hashes that are kept of it. */
export async function makeCredentials(): Promise<{
  password: string
  hashes: { password_hash: string; mosquitto_hash: string }
}> {
  const password = makePassword()
  const [password_hash, mosquitto_hash] = await Promise.all([
    hashPassword(password),
    hashForMosquitto(password),
  ])
  return { password, hashes: { password_hash, mosquitto_hash } }
}

/** "$7$iterations$salt$key": PBKDF2 with SHA-512, in base64, as Mosquitto's password_file holds it. */
export async function hashForMosquitto(password: string): Promise<string> {
  const { iterations, saltBytes, keyBytes } = mosquitto
  const salt = randomBytes(saltBytes)
  const key = await deriveForMosquitto(password, salt, iterations, keyBytes, 'sha512')
  return `$7$${iterations}$${salt.toString('base64')}$${key.toString('base64')}`
}

/** A password that no person has to remember: 144 bits. */
function makePassword(): string {
  return randomBytes(18).toString('base64url')
}

/** scrypt with a salt, as "scrypt$salt$key" in base64url. */
async function hashPassword(password: string): Promise<string> {
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
