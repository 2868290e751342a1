import type { ProvenIdentity } from '../../access/providers/identity.ts'
import { admitIdentity } from '../../access/providers/admit-identity.ts'
import type { Admission } from '../../access/providers/settings.ts'
import type { AppContext } from '../../app-context.ts'

/** The account of whom another provider proved, roles renewed; what rules name and nobody knows is logged. Throws as `admitIdentity`. */
export async function admitProven(
  { db, log, config, now }: AppContext,
  identity: ProvenIdentity,
  admission: Admission,
): Promise<number> {
  const rules = { ...admission, rolesFromPosts: config.rolesFromPosts, at: now() }
  const { accountId, unknownUnits } = await admitIdentity(db, identity, rules)
  if (unknownUnits.length > 0) {
    log.warn(
      `rules of roles for ${identity.provider} name units that do not exist: ${unknownUnits.join(', ')}`,
    )
  }
  return accountId
}
