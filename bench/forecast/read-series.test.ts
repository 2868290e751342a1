import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readSeries } from './read-series.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ustaz-series-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

const header = 'series_id,period,set,t,value'
async function read(rows: readonly string[], horizon = 2, names = header) {
  const file = join(folder, 'series.csv')
  await writeFile(file, `${[names, ...rows].join('\n')}\n`)
  return readSeries(file, horizon)
}
const whole = ['a,2001,train,1,3', 'a,2002,train,2,4.5', 'a,2003,test,3,5', 'a,2004,test,4,6']

test('rows in any order give past and future', async () => {
  const { series, filled, unjudged } = await read(whole.toReversed())
  expect(series).toEqual([{ id: 'a', past: Float64Array.of(3, 4.5), future: Float64Array.of(5, 6) }])
  expect([filled, unjudged]).toEqual([0, 0])
})

test('a missing period is on the line between its neighbours, a missing outcome is not judged', async () => {
  const { series, filled, unjudged } = await read([
    'a,,train,1,2',
    'a,,train,3,6',
    'a,,train,4,',
    'a,,train,5,10',
    'a,,test,6,NA',
    'a,,test,7,1',
  ])
  expect(series[0]!.past).toEqual(Float64Array.of(2, 4, 6, 8, 10))
  expect(series[0]!.future).toEqual(Float64Array.of(Number.NaN, 1))
  expect([filled, unjudged]).toEqual([2, 1])
})

test('a series may have fewer outcomes than others', async () => {
  const { series, unjudged } = await read([...whole, 'b,,train,1,1', 'b,,test,2,1'])
  expect(series[1]!.future).toEqual(Float64Array.of(1, Number.NaN))
  expect(unjudged).toBe(1)
})

describe('says the line and what to do', () => {
  test.each([
    ['text for a number', [...whole, 'b,,train,1,many'], 'line 6: value is "many"; write a number'],
    ['an infinite value', [...whole, 'b,,train,1,1e999'], 'line 6: value is "1e999"; write a number'],
    ['no period', [...whole, 'b,,train,,1'], 'line 6: t is ""; write the number of the period'],
    ['another set', [...whole, 'b,,learn,1,1'], 'line 6: set is "learn"; write train or test'],
    ['no series', [...whole, ',,train,1,1'], 'line 6: series_id is empty'],
    ['a period twice', [...whole, 'a,,train,2,7'], 'line 6: a has t 2 already in line 3'],
    ['no test part', [...whole, 'b,,train,1,1'], 'line 6: b has no value in its test part within 2 periods'],
    ['no training part', [...whole, 'b,,test,1,1'], 'line 6: b has no value in its training part'],
    [
      'a test part inside',
      [...whole, 'b,,train,1,1', 'b,,train,3,1', 'b,,test,2,1'],
      'line 8: b has t 2 in its test part',
    ],
    [
      'periods far apart',
      [...whole, 'b,,train,1,1', 'b,,train,90000,1', 'b,,test,90001,1'],
      'line 7: b goes from t 1 to t 90000',
    ],
    ['a value too many', [...whole, 'b,,train,1,1,5'], 'line 6'],
    ['no rows', [], 'there are no rows'],
  ])('%s', async (_, rows, message) => {
    await expect(read(rows)).rejects.toThrow(message)
  })

  test('a column that is not there', async () => {
    await expect(read(['a,train,1'], 2, 'series_id,set,t')).rejects.toThrow(
      'line 1: there is no column value',
    )
  })

  test('a horizon that no test part reaches', async () => {
    await expect(read(whole, 8)).rejects.toThrow(
      'goes 2 steps beyond the training part, 8 were asked for: ask for --horizon 2',
    )
  })
})
