import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fitDiscriminant } from './discriminant.ts'
import { replayDay } from './replay-occupancy.ts'
import type { ReplayFaults, ReplayedLesson } from './replay-occupancy.ts'

/** A minute of the record; columns by the names of the file. */
export interface OccupancyRow {
  day: string
  minute: number
  isOccupied: boolean
  values: Readonly<Record<string, number>>
}

/** Reads a file of the record (columns row_id, timestamp, temperature_c, ..., occupancy). */
export function readOccupancy(text: string): OccupancyRow[] {
  const [head = '', ...lines] = text.trim().split('\n')
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    const [day = '', clock = ''] = (cells[columns.indexOf('timestamp')] ?? '').split(' ')
    const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number)
    const values = Object.fromEntries(columns.map((name, index) => [name, Number(cells[index])]))
    // Its clock writes 17:51:59 for 17:52:00.
    return {
      day,
      minute: Math.round(hour * 60 + minute + second / 60),
      isOccupied: values['occupancy'] === 1,
      values,
    }
  })
}

/** Share of the rows of `test` that a discriminant of these columns, fitted to `train`, puts into the right class. */
export function accuracyOf(
  columns: readonly string[],
  train: readonly OccupancyRow[],
  test: readonly OccupancyRow[],
): number {
  const featuresOf = ({ values }: OccupancyRow) => columns.map((column) => values[column]!)
  const score = fitDiscriminant(train.map((row) => ({ features: featuresOf(row), isIn: row.isOccupied })))
  return test.filter((row) => score(featuresOf(row)) > 0 === row.isOccupied).length / test.length
}

/** Whole days of the record in which somebody was there, as one person each. */
export function daysOf(rows: readonly OccupancyRow[]): boolean[][] {
  return [...Map.groupBy(rows, ({ day }) => day).values()].flatMap((own) => {
    const minutes = new Array<boolean>(24 * 60).fill(false)
    for (const { minute, isOccupied } of own) minutes[Math.min(minute, minutes.length - 1)] = isOccupied
    return own.length >= 1440 && minutes.some(Boolean) ? [minutes] : []
  })
}

export interface ReplayReport {
  lessons: number
  /** Lessons without a value: too little was observed. */
  unknown: number
  /** Mean and largest absolute difference of estimated and true median, people. */
  meanError: number
  largestError: number
  /** Share of the lessons with a value whose interval holds the true median. */
  inside: number
  /** Mean width of the interval, people. */
  width: number
}

/** Plays a day of a room many times, with other faults each time. */
export function replayRoom(
  truth: readonly number[],
  sensor: 'door' | 'camera',
  { times, ...faults }: ReplayFaults & { times: number },
): ReplayReport {
  const all: ReplayedLesson[] = []
  for (let time = 0; time < times; time++) all.push(...replayDay(truth, sensor, faults))
  const known = all.flatMap(({ truth: right, estimate: { people, lowest, highest } }) =>
    people === null || lowest === null || highest === null ? [] : [{ right, people, lowest, highest }],
  )
  const errors = known.map(({ right, people }) => Math.abs(right - people))
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  return {
    lessons: all.length,
    unknown: all.length - known.length,
    meanError: mean(errors),
    largestError: Math.max(...errors),
    inside: mean(known.map(({ right, lowest, highest }) => (lowest <= right && right <= highest ? 1 : 0))),
    width: mean(known.map(({ lowest, highest }) => highest - lowest)),
  }
}

/** The files of a folder of the record; null: it is not there. */
export function openRecord(
  folder: string,
): { train: OccupancyRow[]; test1: OccupancyRow[]; test2: OccupancyRow[]; expected: Expected } | null {
  const read = (name: string) => readOccupancy(readFileSync(join(folder, `occupancy_${name}.csv`), 'utf8'))
  if (!existsSync(join(folder, 'expected.json'))) return null
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected
  return { train: read('train'), test1: read('test1'), test2: read('test2'), expected }
}
/** Accuracy that another program has found, by the columns (joined by +) and the file. */
export interface Expected {
  lda_accuracy: Readonly<Record<string, Readonly<Record<'train' | 'test1' | 'test2', number>>>>
}
