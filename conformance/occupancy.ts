import { join } from 'node:path'
import { accuracyOf, daysOf, openRecord, replayRoom } from '../plugins/classroom/conformance/occupancy.ts'
import type { OccupancyRow } from '../plugins/classroom/conformance/occupancy.ts'
import { roomOfDays } from '../plugins/classroom/conformance/replay-occupancy.ts'
import { seeded } from '../plugins/forecast/network/random.ts'
import { openGroup } from '../plugins/publications/conformance/group.ts'
import type { GroupReport } from '../plugins/publications/conformance/group.ts'

/** How often each room is played. */
const times = 200

/** Measures against a record of true occupancy: what the air alone tells, and what the product makes of counters and cameras. */
export function checkOccupancy(folder: string): GroupReport[] {
  const record = openRecord(join(folder, 'occupancy_uci357'))
  if (!record) return []
  const { train, test1, test2, expected } = record
  const files = { train, test1, test2 }
  const group = openGroup('occupancy')
  group.read(train.length + test1.length + test2.length)
  for (const [columns, accuracies] of Object.entries(expected.lda_accuracy)) {
    for (const [name, accuracy] of Object.entries(accuracies)) {
      const own = accuracyOf(columns.split('+'), train, files[name as keyof typeof files])
      // The expectation has six decimals.
      if (Math.abs(own - accuracy) < 1e-6) group.agree()
      else group.disagree(`${columns} ${name}: ${own.toFixed(6)}, expected ${accuracy}`)
    }
  }
  printReplays([...train, ...test1, ...test2])
  return [group.report]
}

/** Counts of the same room by a camera and by a door, with nothing wrong and with faults. */
function printReplays(rows: readonly OccupancyRow[]): void {
  const days = daysOf(rows)
  const truth = roomOfDays(days)
  console.log(`occupancy: ${days.length} days as people of one room, at most ${Math.max(...truth)} at once`)
  for (const sensor of ['camera', 'door'] as const) {
    for (const faults of [
      { dropped: 0, missed: 0 },
      { dropped: 0.3, missed: 0 },
      { dropped: 0.3, missed: 0.03 },
    ]) {
      if (sensor === 'camera' && faults.missed > 0) continue
      const report = replayRoom(truth, sensor, { ...faults, random: seeded(1), times })
      const figures = (Object.entries(report) as [string, number][]).map(
        ([name, value]) => `${name} ${Number(value.toFixed(3))}`,
      )
      console.log(`  ${sensor} dropped ${faults.dropped} missed ${faults.missed}: ${figures.join(', ')}`)
    }
  }
}
