import type { Fault, ProblemParams } from '../../contract/problem.ts'
import { pointer } from '../schema-faults.ts'

/** A fault of a regulation document; `path` in parts, `clause` the id of the clause it stands in. */
export function faultAt(
  path: readonly (string | number)[],
  code: string,
  params: ProblemParams & { clause: string },
): Fault {
  return { path: pointer(path), code: `regulation.${code}`, params }
}
