/**
 * The moment at which clocks of a zone show a local time such as 2024-02-29T23:30:00 (or with `.` and a space, as old Tasmota writes). Where
 * clocks were set back and showed it twice, the earlier moment; where they skipped it, the moment after. null: it is no time, or before 2000,
 * which is what a clock shows that was never set.
 */
export function momentOf(local: string, timeZone: string): Date | null {
  const match = /^(\d{4})[-.](\d\d)[-.](\d\d)[T ](\d\d):(\d\d):(\d\d)/.exec(local)
  if (!match || Number(match[1]) < 2000) return null
  const [, year, month, day, hour, minute, second] = match.map(Number) as [number, ...number[]]
  const shown = Date.UTC(year!, month! - 1, day, hour, minute, second)
  // The offset of a day before and of a day after: one of the two is right, and the earlier moment has the larger offset.
  const candidates = [-1, 1]
    .map((days) => shown - offsetAt(shown + days * 86_400_000, timeZone))
    .sort((a, b) => a - b)
  const right = candidates.find((moment) => moment + offsetAt(moment, timeZone) === shown)
  return new Date(right ?? candidates[1]!)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds by which local clocks are ahead of UTC at a moment. */
export function offsetAt(moment: number, timeZone: string): number {
  const format = formats.get(timeZone) ?? formatOf(timeZone)
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  )
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  const whole = Math.floor(moment / 1000) * 1000
  return Date.UTC(year!, month! - 1, day, hour, minute, second) - whole
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formats.set(timeZone, format)
  return format
}
