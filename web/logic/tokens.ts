import type { ApiToken, RightsTable } from '@ustaz/core/contract'

export function tokenState(
  { revokedAt, expiresAt }: Pick<ApiToken, 'revokedAt' | 'expiresAt'>,
  now = new Date(),
): 'valid' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked'
  return new Date(expiresAt) > now ? 'valid' : 'expired'
}

/** Names of actions with the name of what they are about, in the order of the table; one it does not have is shown as it is. */
export function actionNames({ resources }: RightsTable, ids: readonly string[]): string[] {
  const named = resources.flatMap((resource) =>
    resource.actions
      .filter(({ id }) => ids.includes(id))
      .map(({ id, name }) => ({ id, name: `${resource.name}: ${name}` })),
  )
  return [...named.map(({ name }) => name), ...ids.filter((id) => !named.some((one) => one.id === id))]
}

/** The part of the table that holds these actions; resources without one are left out. */
export function onlyActions({ resources }: RightsTable, ids: readonly string[]): RightsTable['resources'] {
  return resources
    .map((resource) => ({ ...resource, actions: resource.actions.filter(({ id }) => ids.includes(id)) }))
    .filter(({ actions }) => actions.length > 0)
}
