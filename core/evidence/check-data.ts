import { z } from 'zod'

type Data = Record<string, unknown>
export type DataIssue = z.core.$ZodIssue

export interface CheckedData {
  /** What was given, as the schema puts it out; fields the schema does not know are gone. */
  data: Data
  /** Something is given and is not what the schema says: not even a draft may hold it. */
  wrong: DataIssue[]
  /** Nothing is given where the schema demands something, or the whole does not hold together yet. */
  gaps: DataIssue[]
}

/** Nothing is given: what an untouched or emptied field of a form sends. */
const isNothing = (value: unknown) => value === undefined || value === null || value === ''

/** Checks data field by field and as a whole; complete when both lists are empty. */
export function checkData(schema: z.ZodObject, given: Data): CheckedData {
  const data = outputOfFields(schema, given)
  const whole = schema.safeParse(data)
  if (whole.success) return { data: whole.data, wrong: [], gaps: [] }
  const isGap = ({ path }: DataIssue) => path.length === 0 || isNothing(valueAt(data, path))
  return {
    data,
    wrong: whole.error.issues.filter((issue) => !isGap(issue)),
    gaps: whole.error.issues.filter(isGap),
  }
}

/** With defaults filled in. A field that is emptied and may not be empty is left out; one that is wrong stays, to be told so. */
function outputOfFields(schema: z.ZodObject, given: Data): Data {
  const output: Data = {}
  for (const [name, field] of Object.entries<z.core.$ZodType>(schema.shape)) {
    const value = Object.hasOwn(given, name) ? given[name] : undefined
    const put = outputOfField(field, value)
    if (put !== undefined) output[name] = put
  }
  return output
}

function outputOfField(field: z.core.$ZodType, value: unknown): unknown {
  const parsed = z.safeParse(field, value)
  if (parsed.success) return parsed.data
  return isNothing(value) ? z.safeParse(field, undefined).data : value
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  )
}
