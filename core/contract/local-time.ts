/** The clock of a time zone (IANA name) at a moment, to the second: YYYY-MM-DDTHH:MM:SS. Throws RangeError where the zone is unknown. */
export function clockAt(moment: Date, timeZone: string): string {
  return moment.toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')
}

/** What a field of the type datetime-local shows of a moment: YYYY-MM-DDTHH:MM by the clock of the zone. */
export function toLocalTime(moment: Date, timeZone: string): string {
  return clockAt(moment, timeZone).slice(0, 16)
}

/**
 * The moment at which the clock of the zone shows a time (YYYY-MM-DDTHH:MM, seconds allowed); null: no time. Shown twice, when clocks are set back: the
 * later of the two. Never shown, when they are set forward: as if they were set later.
 */
export function fromLocalTime(text: string, timeZone: string): Date | null {
  const shown = Date.parse(`${text}Z`)
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text) || Number.isNaN(shown)) return null
  const aheadAt = (at: number) => Date.parse(`${clockAt(new Date(at), timeZone)}Z`) - at
  const guess = shown - aheadAt(shown)
  return new Date(shown - aheadAt(guess))
}
