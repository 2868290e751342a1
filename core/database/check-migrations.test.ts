import { expect, test } from 'vitest'
import { checkMigrations } from './check-migrations.ts'

const file = (name: string, sha256 = name) => ({ name, sha256, sql: '' })
const first = file('0001-people.sql')
const second = file('0002-evidence.sql')
const third = file('0003-rating.sql')

test('everything is still to run in an empty database', () => {
  expect(checkMigrations('core', [], [first, second])).toEqual([first, second])
})

test('what ran does not run again', () => {
  expect(checkMigrations('core', [first], [first, second])).toEqual([second])
})

test('a file that was changed after it ran is refused', () => {
  expect(() => checkMigrations('core', [file(first.name, 'before')], [first])).toThrow(
    expect.objectContaining({ code: 'migration-edited', params: { owner: 'core', name: first.name } }),
  )
})

test('a database that is ahead of the files is refused', () => {
  expect(() => checkMigrations('core', [first, second], [first])).toThrow(
    expect.objectContaining({ code: 'migration-missing', params: { owner: 'core', name: second.name } }),
  )
})

test('a new file below one that ran is refused', () => {
  expect(() => checkMigrations('core', [first, third], [first, second, third])).toThrow(
    expect.objectContaining({ code: 'migration-out-of-order', params: { owner: 'core', name: second.name } }),
  )
})
