import { z } from 'zod'
import { idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { accountSchema, emailSchema, givenRoleSchema } from './access.ts'

export const managedAccountSchema = accountSchema.extend({
  roles: z.array(
    givenRoleSchema.extend({
      /** Who gives the role: an administrator, the claims of another provider, a post; the last two anew at each sign-in. */
      source: z.enum(['given', 'claim', 'appointment']),
    }),
  ),
  /** null: it belongs to no teacher. */
  teacherName: z.string().nullable(),
  email: z.string().nullable(),
  locked: z.boolean(),
  hasPassword: z.boolean(),
  hasSecondFactor: z.boolean(),
  /** Whether the person has signed in by a service of the university. */
  isKnownElsewhere: z.boolean(),
  /** Of the open session used last; null: none is open. */
  seenAt: z.iso.datetime().nullable(),
  openSessions: z.int(),
})
export type ManagedAccount = z.infer<typeof managedAccountSchema>
const roleInput = z.strictObject({ role: z.string().max(40), unitId: z.int().positive().nullable() })
const linkAnswer = z.object({
  /** Shown once: it is stored nowhere. */
  address: z.string(),
  expiresAt: z.iso.datetime(),
})

export const listAccounts = defineRoute({
  method: 'GET',
  path: '/accounts',
  summary: 'Accounts by name, searchable by name and address, by role',
  tag: 'accounts',
  action: 'account.read',
  query: z.object({
    ...pageQuery,
    search: z.string().trim().max(100).optional(),
    role: z.string().optional(),
    locked: z.stringbool().optional(),
  }),
  response: pageOf(managedAccountSchema),
})
export const getAccount = defineRoute({
  method: 'GET',
  path: '/accounts/:id',
  summary: 'One account',
  tag: 'accounts',
  action: 'account.read',
  params: z.object({ id: idSchema }),
  response: managedAccountSchema,
})
export const createAccount = defineRoute({
  method: 'POST',
  path: '/accounts',
  summary: 'Make an account and the link by which its person sets the password',
  tag: 'accounts',
  action: 'account.manage',
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: emailSchema,
    teacherId: z.int().positive().nullable(),
    roles: z.array(roleInput).max(50),
  }),
  response: z.object({ id: z.int(), link: linkAnswer }),
})
export const updateAccount = defineRoute({
  method: 'PUT',
  path: '/accounts/:id',
  summary: 'Change name, address and teacher of an account',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(200),
    email: emailSchema.nullable(),
    teacherId: z.int().positive().nullable(),
  }),
})
export const setAccountRoles = defineRoute({
  method: 'PUT',
  path: '/accounts/:id/roles',
  summary: 'Replace the roles that administrators give an account; those that sign-ins bring along stay',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
  body: z.strictObject({ roles: z.array(roleInput).max(50) }),
})
export const setAccountLocked = defineRoute({
  method: 'PUT',
  path: '/accounts/:id/locked',
  summary: 'Lock an account, which ends its sessions, or open it again',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
  body: z.strictObject({ locked: z.boolean() }),
})
export const createAccountLink = defineRoute({
  method: 'POST',
  path: '/accounts/:id/links',
  summary: 'A new link for setting the password; links made before stop working',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
  response: linkAnswer,
})
export const forgetAccountIdentities = defineRoute({
  method: 'DELETE',
  path: '/accounts/:id/identities',
  summary:
    'Part an account from who signs in to it by a service of the university; roles from there and sessions end',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
  response: z.object({ forgotten: z.int() }),
})
export const endAccountSessions = defineRoute({
  method: 'DELETE',
  path: '/accounts/:id/sessions',
  summary: 'End all sessions of an account',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
  response: z.object({ ended: z.int() }),
})
