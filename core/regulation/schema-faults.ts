import type { z } from 'zod'
import type { ProblemParams } from '../contract/problem.ts'

export type Path = readonly PropertyKey[]
export interface SchemaFault {
  path: Path
  code: string
  params: ProblemParams
}

/** JSON pointer (RFC 6901) of a path. */
export function pointer(path: Path): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** What the schema finds wrong, in the product's codes: one fault for each key nobody knows. `isGiven`: something stands there. */
export function schemaFaults(
  issues: readonly z.core.$ZodIssue[],
  isGiven: (path: Path) => boolean,
): SchemaFault[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => fault([...issue.path, key], 'unknown-key', { key }))
    }
    return [isGiven(issue.path) ? faultOf(issue) : fault(issue.path, 'missing')]
  })
}

function faultOf(issue: z.core.$ZodIssue): SchemaFault {
  const { path } = issue
  switch (issue.code) {
    case 'invalid_type':
      return fault(path, 'wrong-type', { expected: issue.expected })
    case 'invalid_value':
      return fault(path, 'not-a-choice', { choices: issue.values.map(String) })
    case 'invalid_format':
      return fault(path, 'wrong-form', { form: issue.pattern ?? issue.format })
    case 'too_small':
      return fault(path, 'too-small', { minimum: Number(issue.minimum) })
    case 'too_big':
      return fault(path, 'too-big', { maximum: Number(issue.maximum) })
    default:
      return fault(path, 'wrong-value')
  }
}

const fault = (path: Path, code: string, params: ProblemParams = {}): SchemaFault => ({
  path,
  code: `regulation.${code}`,
  params,
})
