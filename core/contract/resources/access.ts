import { z } from 'zod'
import { idSchema, pageOf, pageQuery } from '../paging.ts'
import { defineRoute } from '../route.ts'

export const givenRoleSchema = z.object({ role: z.string(), unitId: z.int().nullable() })
export const accountSchema = z.object({
  id: z.int(),
  name: z.string(),
  teacherId: z.int().nullable(),
  roles: z.array(givenRoleSchema),
})
/** Whoever is signed in, with the actions that the account may do at all. */
export const actorSchema = accountSchema.extend({
  actions: z.array(z.string()),
  /**
   * What holds the asker to less than the roles give. token: asked by a token for some actions; second-factor: until it is set up,
   * which one of the roles demands; null: nothing.
   */
  limit: z.enum(['token', 'second-factor']).nullable(),
})
export type SignedIn = z.infer<typeof actorSchema>

export const emailSchema = z.email().max(254)
export const passwordSchema = z.string().min(1).max(200)
export const codeSchema = z.string().trim().min(1).max(40)
/** 256 random bits, as links and tokens carry them. */
const secretSchema = z.string().min(20).max(100)

export const getActor = defineRoute({
  method: 'GET',
  path: '/actor',
  summary: 'Who is asking, and which actions that account may do',
  tag: 'access',
  action: 'access.self',
  response: actorSchema,
})

export const getSession = defineRoute({
  method: 'GET',
  path: '/session',
  summary: 'Who is signed in, and in which ways one can sign in here',
  tag: 'sign-in',
  action: 'session.open',
  response: z.object({
    /** null: nobody is signed in. */
    account: actorSchema.nullable(),
    /** IANA name of the university's time zone, by whose clock times are shown. */
    timeZone: z.string(),
    ways: z.object({
      password: z.boolean(),
      /** Whether the password may be that of the university's directory, and the login a name there. */
      directory: z.boolean(),
      /** By the university's OpenID Connect provider. */
      openId: z.boolean(),
      /** One click for a person of the demonstration. */
      demo: z.boolean(),
      /** A link for a new password can be had by mail. */
      resetByMail: z.boolean(),
    }),
  }),
})
export const openSession = defineRoute({
  method: 'POST',
  path: '/session',
  summary: 'Sign in with login and password; the session is kept in a cookie',
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({
    login: z.string().trim().min(1).max(254),
    password: passwordSchema,
    /** Where the account has a second factor (answered by `second-factor-needed`): of the app, or a recovery code. */
    code: codeSchema.nullable().default(null),
  }),
  response: actorSchema,
})
export const closeSession = defineRoute({
  method: 'DELETE',
  path: '/session',
  summary: 'Sign out',
  tag: 'sign-in',
  action: 'session.open',
  /** Where the browser goes to sign out there too; null: nowhere. */
  response: z.object({ next: z.string().nullable() }),
})

export const listDemoPeople = defineRoute({
  method: 'GET',
  path: '/demo/people',
  summary: 'People of the demonstration as whom one can sign in; only there',
  tag: 'sign-in',
  action: 'session.open',
  query: z.object({
    ...pageQuery,
    search: z.string().trim().max(100).optional(),
    role: z.string().optional(),
  }),
  response: pageOf(accountSchema),
})
export const openDemoSession = defineRoute({
  method: 'POST',
  path: '/demo/session',
  summary: 'Sign in as a person of the demonstration; only there',
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({ accountId: z.int().positive() }),
  response: actorSchema,
})

export const readLink = defineRoute({
  method: 'POST',
  path: '/links/read',
  summary: 'Whose link for setting a password it is',
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({ secret: secretSchema }),
  response: z.object({
    purpose: z.enum(['invitation', 'reset']),
    name: z.string(),
    email: z.string(),
    shortestPassword: z.int(),
  }),
})
export const consumeLink = defineRoute({
  method: 'POST',
  path: '/links/use',
  summary: 'Set a password by a link, which works once; ends all sessions of the account',
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({ secret: secretSchema, password: passwordSchema }),
})

export const requestReset = defineRoute({
  method: 'POST',
  path: '/links/reset',
  summary:
    'Have a link for a new password sent; the same answer whether or not anybody signs in by the address',
  tag: 'access',
  action: 'session.open',
  body: z.strictObject({ email: emailSchema }),
})
export const confirmEmail = defineRoute({
  method: 'POST',
  path: '/links/email',
  summary: 'Confirm an address by the link that was sent there',
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({ secret: secretSchema }),
  response: z.object({ email: z.string() }),
})

export const sessionSchema = z.object({
  id: z.int(),
  provider: z.string(),
  address: z.string(),
  /** What the browser calls itself; null: nothing. */
  agent: z.string().nullable(),
  createdAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The one this is asked by. */
  current: z.boolean(),
})
export const getOwnAccount = defineRoute({
  method: 'GET',
  path: '/account',
  summary: "One's own account: address, password, second factor",
  tag: 'account',
  action: 'account.own',
  response: z.object({
    name: z.string(),
    email: z.string().nullable(),
    /** null: there is none. */
    passwordChangedAt: z.iso.datetime().nullable(),
    shortestPassword: z.int(),
    secondFactor: z.object({
      /** null: there is none. */
      confirmedAt: z.iso.datetime().nullable(),
      /** Recovery codes that are left. */
      codesLeft: z.int(),
      /** Whether one of the roles must have it. */
      demanded: z.boolean(),
    }),
  }),
})
export const listOwnSessions = defineRoute({
  method: 'GET',
  path: '/account/sessions',
  summary: "One's own sessions, the one used last first",
  tag: 'account',
  action: 'account.own',
  response: z.object({ items: z.array(sessionSchema) }),
})
export const endOwnSession = defineRoute({
  method: 'DELETE',
  path: '/account/sessions/:id',
  summary: "End one of one's own sessions",
  tag: 'account',
  action: 'account.own',
  params: z.object({ id: idSchema }),
})
export const endOwnSessions = defineRoute({
  method: 'DELETE',
  path: '/account/sessions',
  summary: 'Sign out everywhere, here too',
  tag: 'account',
  action: 'account.own',
  response: z.object({ ended: z.int() }),
})
export const requestOwnEmail = defineRoute({
  method: 'POST',
  path: '/account/email',
  summary:
    "Enter one's own address where none is known; it counts once the link that is sent there is opened",
  tag: 'access',
  action: 'account.own',
  body: z.strictObject({
    email: emailSchema,
    /** null: only where the account has none. */
    password: passwordSchema.nullable(),
  }),
})
export const changePassword = defineRoute({
  method: 'PUT',
  path: '/account/password',
  summary: "Change one's own password; the other sessions end",
  tag: 'account',
  action: 'account.own',
  body: z.strictObject({ current: passwordSchema, next: passwordSchema }),
})
