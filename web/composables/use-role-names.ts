import { useText } from './use-text.ts'

/** Names of roles in the reader's language; one without a name is shown as it is. */
export function useRoleNames() {
  const { t, te } = useText()
  const roleName = (role: string) => (te(`roles.${role}`) ? t(`roles.${role}`) : role)
  return {
    roleName,
    /** Each once, however many units it holds in. */
    roleNames: (roles: readonly { role: string }[]) =>
      [...new Set(roles.map(({ role }) => roleName(role)))].join(', '),
  }
}
