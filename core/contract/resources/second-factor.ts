import { z } from 'zod'
import { idSchema } from '../paging.ts'
import { defineRoute } from '../route.ts'
import { codeSchema, passwordSchema } from './access.ts'

const path = '/account/second-factor'
const tag = 'account'
const action = 'account.own'
/** By what one shows anew who one is: one of the two. */
const proofSchema = z.strictObject({
  password: passwordSchema.nullable().default(null),
  /** Of the app, or a recovery code. */
  code: codeSchema.nullable().default(null),
})
const codesSchema = z.object({
  /** Each good once in the place of a code of the app; shown this once. */
  recoveryCodes: z.array(z.string()),
})

export const beginSecondFactor = defineRoute({
  method: 'POST',
  path,
  summary: 'Begin to set up a second factor (RFC 6238); it counts once a code is confirmed',
  tag,
  action,
  /** null: only where the account has none. */
  body: z.strictObject({ password: passwordSchema.nullable() }),
  response: z.object({
    /** The key in base32, to be typed into the app. */
    key: z.string(),
    /** otpauth://..., for a QR code. */
    address: z.string(),
  }),
})
export const confirmSecondFactor = defineRoute({
  method: 'PUT',
  path,
  summary: 'Turn the second factor on by a code of the app',
  tag,
  action,
  body: z.strictObject({ code: codeSchema }),
  response: codesSchema,
})
export const renewRecoveryCodes = defineRoute({
  method: 'POST',
  path: `${path}/recovery-codes`,
  summary: 'New recovery codes; the old ones stop working',
  tag,
  action,
  body: proofSchema,
  response: codesSchema,
})
export const endSecondFactor = defineRoute({
  method: 'POST',
  path: `${path}/end`,
  summary: 'Turn the second factor off',
  tag,
  action,
  body: proofSchema,
})
export const resetSecondFactor = defineRoute({
  method: 'DELETE',
  path: '/accounts/:id/second-factor',
  summary: 'Take the second factor away from a person who lost it',
  tag: 'accounts',
  action: 'account.manage',
  params: z.object({ id: idSchema }),
})
