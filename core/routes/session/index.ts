import { accountRoutes } from './accounts.ts'
import { ownAccountRoutes } from './own-account.ts'
import type { SessionRoute } from './register-session-route.ts'
import { openIdRoutes } from './openid.ts'
import { secondFactorRoutes } from './second-factor.ts'
import { signInRoutes } from './sign-in.ts'
import { tokenRoutes } from './tokens.ts'

/** Routes that see sessions: signing in and out, one's own account, API tokens, administration of accounts. */
export const sessionRoutes: readonly SessionRoute[] = [
  ...signInRoutes,
  ...openIdRoutes,
  ...ownAccountRoutes,
  ...secondFactorRoutes,
  ...tokenRoutes,
  ...accountRoutes,
]
