import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { UstazError } from '../contract/problem.ts'

/** KiB, rounds, lanes. */
export interface Cost {
  memory: number
  passes: number
  parallelism: number
}

/** OWASP Password Storage Cheat Sheet, argon2id: 46 MiB, 1 round, 1 lane; about 80 ms on one core. */
export const presentCost: Cost = { memory: 47104, passes: 1, parallelism: 1 }

const derive = promisify(argon2)
const tagBytes = 32

/** Hash of a password with its parameters, in the PHC string format: $argon2id$v=19$m=..,t=..,p=..$salt$hash. */
export async function hashPassword(password: string, cost: Cost = presentCost): Promise<string> {
  const salt = randomBytes(16)
  const tag = await tagOf(password, salt, cost)
  const { memory, passes, parallelism } = cost
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** Whether the password is the one, in the time its parameters take; an upgrade is due where they are not the present ones. */
export async function verifyPassword(
  password: string,
  stored: string,
): Promise<{ right: boolean; outdated: boolean }> {
  const { cost, salt, tag } = parseHash(stored)
  const right = timingSafeEqual(await tagOf(password, salt, cost), tag)
  const same = Object.entries(presentCost).every(([name, value]) => cost[name as keyof Cost] === value)
  return { right, outdated: !same }
}

/** Spends the time of a verification where there is nothing to verify, so that the clock does not tell who has an account. */
export async function verifyNothing(password: string): Promise<void> {
  await tagOf(password, Buffer.alloc(16), presentCost)
}

/** The same letters typed on another keyboard are the same password (NIST SP 800-63B, 5.1.1.2: NFKC). */
async function tagOf(password: string, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return await derive('argon2id', {
    message: password.normalize('NFKC'),
    nonce,
    memory: cost.memory,
    passes: cost.passes,
    parallelism: cost.parallelism,
    tagLength: tagBytes,
  })
}

const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]{43})$/

function parseHash(stored: string): { cost: Cost; salt: Buffer; tag: Buffer } {
  const [, memory, passes, parallelism, salt, tag] = form.exec(stored) ?? []
  if (salt === undefined || tag === undefined) throw new Error('a stored password hash is not argon2id')
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    tag: Buffer.from(tag, 'base64'),
  }
}

const unpadded = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '')

export const shortestPassword = 10
export const longestPassword = 200
const fewestDifferent = 5

/**
 * Refuses what is guessed first: short ones, few different characters, one's own login. No rule of the kind "one digit, one
 * capital": those make passwords predictable (NIST SP 800-63B, appendix A). Throws `password-weak`.
 */
export function checkPassword(password: string, login: string | null): void {
  const plain = password.normalize('NFKC').toLowerCase()
  const name = login?.split('@', 1)[0] ?? ''
  const isOwnName = name.length >= 4 && plain.includes(name)
  if ([...plain].length < shortestPassword || new Set(plain).size < fewestDifferent || isOwnName) {
    throw new UstazError('password-weak', { status: 422, params: { shortest: shortestPassword } })
  }
}
