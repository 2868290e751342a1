import { z } from 'zod'
import { defineRoute } from '../route.ts'
import { actorSchema } from './access.ts'

/** The page of the web to which the provider sends the browser back: registered there with the product's public address before it. */
export const openIdReturnPath = '/sign-in/return'

export const beginOpenId = defineRoute({
  method: 'POST',
  path: '/session/openid',
  summary: "Begin to sign in by the university's provider; a cookie notes it",
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({
    /** A path of the product, where to go afterwards; anything else leads to the first page. */
    to: z.string().max(2000),
  }),
  /** Where the browser goes. */
  response: z.object({ address: z.string() }),
})
export const finishOpenId = defineRoute({
  method: 'POST',
  path: '/session/openid/return',
  summary: 'Sign in by what the provider sent the browser back with; it counts once',
  tag: 'sign-in',
  action: 'session.open',
  body: z.strictObject({
    /** Of the address that the browser was sent back to: what stands behind the question mark. */
    query: z.string().max(8000),
  }),
  response: z.object({ account: actorSchema, to: z.string() }),
})
