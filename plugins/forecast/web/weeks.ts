const dayMilliseconds = 86_400_000

/** The day so many days after another, YYYY-MM-DD. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * dayMilliseconds).toISOString().slice(0, 10)
}

/** For each week of a year its first day where a month begins in it (that first of the month), else null. */
export function monthMarks(from: string, weeks: number): (string | null)[] {
  return Array.from({ length: weeks }, (_, week) => {
    const days = Array.from({ length: 7 }, (_, day) => dayAfter(from, week * 7 + day))
    return days.find((day) => day.endsWith('-01')) ?? null
  })
}

/** The weeks with the largest shares, largest first, with their days; the last week ends with the year. */
export function highestWeeks(
  shares: readonly number[],
  { from, to, most }: { from: string; to: string; most: number },
): { week: number; share: number; from: string; to: string }[] {
  return shares
    .map((share, week) => {
      const last = dayAfter(from, week * 7 + 6)
      return { week, share, from: dayAfter(from, week * 7), to: last < to ? last : to }
    })
    .filter(({ share }) => share > 0)
    .toSorted((a, b) => b.share - a.share || a.week - b.week)
    .slice(0, most)
}

/** Which of some heights can be labelled without two labels nearer than that, later ones going before. */
export function apart(heights: readonly number[], distance: number): boolean[] {
  const kept: number[] = []
  const shown = heights.toReversed().map((height) => {
    const isFree = kept.every((other) => Math.abs(other - height) >= distance)
    if (isFree) kept.push(height)
    return isFree
  })
  return shown.toReversed()
}
