import { expect, test } from 'vitest'
import { explainFailure } from './server-problem.ts'

/** What PostgreSQL 18 and Node print in these cases. */
test.each([
  ['FATAL:  could not extend file "base/5/1259": No space left on device', 'disk-full'],
  ["ENOSPC: no space left on device, mkdir '/data'", 'disk-full'],
  ['FATAL:  lock file "postmaster.pid" already exists', 'in-use'],
  ['FATAL:  could not access directory "/data": Permission denied', 'unwritable'],
  ["EROFS: read-only file system, mkdir '/data'", 'unwritable'],
  ['FATAL:  database files are incompatible with server', 'failed'],
])('%s is explained as %s', (words, code) => {
  expect(explainFailure('/data', words)).toMatchObject({ code: `embedded-database-${code}`, status: 500 })
})

test("what is not known is told in PostgreSQL's own words, with the place of its log", () => {
  const { message } = explainFailure('/data', 'PANIC:  could not locate a valid checkpoint record\n')
  expect(message).toContain('could not locate a valid checkpoint record')
  expect(message).toContain('/data.log')
})
