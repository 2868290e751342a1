import type { Fault, ProblemParams } from '../../contract/problem.ts'
import { pointerTo } from '../../messages/zod-fault.ts'

/** A fault of a regulation document; `path` in parts, `clause` the id of the clause it stands in. */
export function faultAt(
  path: readonly (string | number)[],
  code: string,
  params: ProblemParams & { clause: string },
): Fault {
  return { path: pointerTo(path), code: `regulation.${code}`, params }
}
