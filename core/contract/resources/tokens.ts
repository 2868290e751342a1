import { z } from 'zod'
import { idSchema } from '../paging.ts'
import { defineRoute } from '../route.ts'

/** An API token, as it is listed: never its text. */
export const tokenSchema = z.object({
  id: z.int(),
  name: z.string(),
  /** Of the rights table. */
  actions: z.array(z.string()),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** null: never. */
  usedAt: z.iso.datetime().nullable(),
  /** null: it was not. */
  revokedAt: z.iso.datetime().nullable(),
})
export type ApiToken = z.infer<typeof tokenSchema>

export const listOwnTokens = defineRoute({
  method: 'GET',
  path: '/account/tokens',
  summary: "One's own API tokens, and the actions that one may give a new one",
  tag: 'account',
  action: 'account.own',
  response: z.object({ items: z.array(tokenSchema), grantable: z.array(z.string()) }),
})
export const createOwnToken = defineRoute({
  method: 'POST',
  path: '/account/tokens',
  summary:
    'Make an API token, which does no more than its owner may at the time; its text is shown this once',
  tag: 'access',
  action: 'account.own',
  body: z.strictObject({
    name: z.string().trim().min(1).max(100),
    actions: z.array(z.string().max(60)).min(1).max(200),
    /** Until it expires. */
    days: z.int().min(1).max(365),
  }),
  response: z.object({ id: z.int(), token: z.string(), expiresAt: z.iso.datetime() }),
})
export const revokeOwnToken = defineRoute({
  method: 'DELETE',
  path: '/account/tokens/:id',
  summary: "Revoke one of one's own API tokens",
  tag: 'account',
  action: 'account.own',
  params: z.object({ id: idSchema }),
})
export const listAccountTokens = defineRoute({
  method: 'GET',
  path: '/accounts/:id/tokens',
  summary: 'The API tokens of an account',
  tag: 'accounts',
  action: 'account.read',
  params: z.object({ id: idSchema }),
  response: z.object({ items: z.array(tokenSchema) }),
})
export const revokeAccountToken = defineRoute({
  method: 'DELETE',
  path: '/accounts/:id/tokens/:tokenId',
  summary: 'Revoke an API token of an account',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema, tokenId: idSchema }),
})
