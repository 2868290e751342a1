import { useRoleNames } from './use-role-names.ts'
import { useUnits } from './use-units.ts'

/** A role with the unit in which it holds, in words. */
export function useRoleText() {
  const { roleName } = useRoleNames()
  const { unitName } = useUnits()
  return {
    roleText: ({ role, unitId }: { role: string; unitId: number | null }) =>
      unitId === null ? roleName(role) : `${roleName(role)} (${unitName(unitId)})`,
  }
}
