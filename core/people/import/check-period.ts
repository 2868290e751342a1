import type { Line } from './definition.ts'

/** The last day must not be before the first. */
export function checkPeriod(lines: readonly Line[]): void {
  for (const { after, faults } of lines) {
    const { starts_on: from, ends_on: to } = after
    if (from && to && to < from)
      faults.push({ path: 'ends_on', code: 'import.ends-before-start', params: { from, to } })
  }
}
