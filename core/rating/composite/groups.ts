/** Row numbers of each group, by the group's number; groups as Int32Array, -1 = in none. */
export function rowsByGroup(groups: Int32Array): Int32Array[] {
  const counts: number[] = []
  for (const group of groups) {
    while (counts.length <= group) counts.push(0)
    if (group >= 0) counts[group]!++
  }
  const rows = counts.map((count) => new Int32Array(count))
  const filled = counts.map(() => 0)
  groups.forEach((group, row) => {
    if (group >= 0) rows[group]![filled[group]!++] = row
  })
  return rows
}
