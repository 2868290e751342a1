import { z } from 'zod'
import { isLocalName } from '../../local-name.ts'
import { roles } from '../rights.ts'
import type { Role } from '../rights.ts'

/** Who is in a group, or has the value of a claim, has the role. */
export interface RoleRule {
  value: string
  role: Role
  /** null: in the whole university. */
  unitCode: string | null
}

/** What is done with whom another provider proves. */
export interface Admission {
  /** Whether somebody without an account is made one; otherwise only who has one with the same address gets in. */
  newAccounts: boolean
  rules: readonly RoleRule[]
}

export const textVariable = z.string().trim().min(1).nullable().default(null)
export const yesOrNo = z
  .enum(['yes', 'no'], { error: 'must be yes or no' })
  .default('no')
  .transform((answer) => answer === 'yes')

const oneRole = z.string().regex(new RegExp(`^(?:${roles.join('|')})(?:@\\S+)?$`))
const roleRulesSchema = z.record(z.string().min(1), z.union([oneRole, z.array(oneRole).min(1)]))

/** JSON: group or value to role, or to role@CODE of a unit, or to a list of them. */
export const roleRules = z
  .string()
  .default('{}')
  .transform((json, context): RoleRule[] => {
    const { success, data } = roleRulesSchema.safeParse(parseJson(json))
    if (success) return Object.entries(data).flatMap(([value, given]) => [given].flat().map(toRule(value)))
    context.addIssue({
      code: 'custom',
      message: `must be JSON such as {"rating-office":"office","deans-eng":"dean@ENG"}, with roles among ${roles.join(', ')}`,
    })
    return z.NEVER
  })

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

const toRule = (value: string) => (given: string) => {
  const [role = '', unitCode] = given.split(/@(.*)/)
  return { value, role: role as Role, unitCode: unitCode ?? null }
}

/** Whether what goes to an address is read by nobody on the way: by TLS, or because it stays on this machine. */
export function isSafeAddress(address: string): boolean {
  const url = URL.parse(address)
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocalName(url.hostname))
}
