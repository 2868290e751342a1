import { defineWeighting } from '@ustaz/core/plugin'
import { z } from 'zod'
import { activities } from './effort.ts'
import { inMillionths, refuseOtherAreas, weighRows, whole } from './to-weights.ts'

/**
 * Each teacher's own shares of the full load (evidence `shares.effort`): an area weighs what the activities that belong to it take of the
 * load; activities that belong to none are part of the 100 % all the same. The weights of a teacher without an entry, or whose
 * shares do not total 100, are not known. Throws UstazError unless every area has an activity, and every activity an area of the regulation.
 */
export const workload = defineWeighting({
  id: 'workload',
  /** `areas`: activity -> area. */
  params: z.strictObject({ areas: z.partialRecord(z.enum(activities), z.string()) }),
  needs: 'nothing',
  reads: () => ({ indicator: 'shares.effort', values: activities }),
  weigh({ areas, params, readings }) {
    refuseOtherAreas(areas, Object.values(params.areas))
    const { rows = 0, columns = 0, values = new Float64Array() } = readings ?? {}
    const loads = Array.from({ length: rows }, (_, row) =>
      Array.from(values.subarray(row * columns, (row + 1) * columns), inMillionths),
    )
    const found = loads.map((load) =>
      sumOf(load) === whole
        ? areas.map((area) => sumOf(load.filter((_, column) => belongs(column, area))))
        : null,
    )
    const { weights, byTeacher, known } = weighRows(areas, found)
    return { weights, byTeacher, how: { teachers: rows, known } }

    function belongs(column: number, area: string): boolean {
      return params.areas[activities[column]!] === area
    }
  },
})

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
