/** The day so many days after another, both as YYYY-MM-DD. */
export function daysAfter(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The day in UTC, as the database counts it. */
export const dayOf = (time: Date) => time.toISOString().slice(0, 10)
