import { accountRoutes } from './accounts.ts'
import { ownAccountRoutes } from './own-account.ts'
import type { SessionRoute } from './register-session-route.ts'
import { openIdRoutes } from './openid.ts'
import { signInRoutes } from './sign-in.ts'

/** Routes that see sessions: signing in and out, one's own account, administration of accounts. */
export const sessionRoutes: readonly SessionRoute[] = [
  ...signInRoutes,
  ...openIdRoutes,
  ...ownAccountRoutes,
  ...accountRoutes,
]
