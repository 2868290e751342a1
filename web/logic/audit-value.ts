/** A value of the audit log as text: text as it is, everything else as JSON with spaces at which a line may break; a dash where there is none. */
export function auditValue(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  return typeof value === 'string' ? value : inJson(value)
}

function inJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inJson).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}: ${inJson(inner)}`)
  return `{${fields.join(', ')}}`
}

/** A moment as PostgreSQL writes it into JSON. */
export function isMoment(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/.test(value)
}
