import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { openDatabase } from '../database/connection.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import { openPatiently } from './open-patiently.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

/** Answers every connection as PostgreSQL does while it recovers (protocol 3: an ErrorResponse with SQLSTATE 57P03). */
async function recoveringServer(): Promise<string> {
  const fields = ['SFATAL', 'VFATAL', 'C57P03', 'Mthe database system is in recovery mode']
  const body = Buffer.from(`${fields.join('\0')}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(body.length + 4, 1)
  const server = createServer((socket: Socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => socket.end(Buffer.concat([head, body])))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(async () => await new Promise((resolve) => server.close(resolve)))
  return `postgresql://ustaz@127.0.0.1:${(server.address() as AddressInfo).port}/ustaz`
}

async function ask(url: string): Promise<unknown> {
  const { pool, close } = openDatabase(url)
  return await pool.query('select 1').finally(close)
}

test('waits while the database recovers, says why, and goes on when it is there', async () => {
  const recovering = await recoveringServer()
  const database = await createTestDatabase()
  closing.push(database.drop)
  const urls = [recovering, recovering, database.url]
  const reasons: [string, number][] = []
  const result = await openPatiently(async () => await ask(urls.shift() ?? database.url), {
    signal: new AbortController().signal,
    onWait: (reason, seconds) => reasons.push([reason, seconds]),
    waits: [0.01, 0.02],
  })
  expect(result).toMatchObject({ rowCount: 1 })
  expect(reasons).toEqual([
    ['the database system is in recovery mode', 0.01],
    ['the database system is in recovery mode', 0.02],
  ])
})

test('does not wait for what will not pass', async () => {
  const database = await createTestDatabase()
  closing.push(database.drop)
  const { pool } = database
  await expect(
    openPatiently(async () => await pool.query('select * from no_such_table'), {
      signal: new AbortController().signal,
      onWait: () => expect.fail('it waited'),
    }),
  ).rejects.toThrow('no_such_table')
})

test('ends when it is told to', async () => {
  const recovering = await recoveringServer()
  const ending = new AbortController()
  const waiting = openPatiently(async () => await ask(recovering), {
    signal: ending.signal,
    onWait: () => ending.abort(),
    waits: [60],
  })
  await expect(waiting).rejects.toThrow('recovery')
})
