import type { Author } from '../work.ts'

/** An author as printed, family name first. */
export function printedName({ family, given, literal }: Author): string {
  return [family, given].filter((part) => part !== null).join(' ') || (literal ?? '')
}
