import { languages } from '@ustaz/core/contract'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { judgeMessage } from '../ingest/judge-message.ts'
import { quarantineMessages } from '../ingest/quarantine-messages.ts'
import { createTestClassroom } from '../test-classroom.ts'
import type { TestClassroom } from '../test-classroom.ts'
import { readQuarantine } from './quarantine.ts'

let server: TestClassroom
const arrivedAt = new Date('2026-06-30T09:00:00Z')
beforeAll(async () => {
  server = await createTestClassroom()
})
afterAll(async () => {
  await server.close()
})

async function refuse(topic: string, payload: string): Promise<Record<string, string>> {
  await sql`truncate plugin_classroom.quarantine`.execute(server.tables)
  const arrived = { topic, payload: Buffer.from(payload), retained: false, arrivedAt }
  const message = { ...arrived, again: false, id: 1, from: { pause() {}, resume() {} } }
  const known = { find: (name: string) => (name === 'r301' ? { id: 1, type: 'ustaz' } : null) }
  const rules = { timeZone: 'Asia/Almaty', lateDays: 45 }
  const judgement = judgeMessage(arrived, { ...known, countAnnounced: () => 0 }, rules)
  await server.tables
    .transaction()
    .execute(async (trx) => await quarantineMessages(trx, [{ message: message as never, judgement }]))
  return await details()
}
async function details(): Promise<Record<string, string>> {
  const found = languages.map(async (language) => {
    const { items } = await readQuarantine(server.tables, { page: 1, pageSize: 9, language })
    return [language, items[0]?.detail ?? '']
  })
  return Object.fromEntries(await Promise.all(found)) as Record<string, string>
}

test('what is wrong with a message is said in the language of whoever reads', async () => {
  expect(await refuse('ustaz/r301/readings', '{"readings":{"co2":1}}')).toEqual({
    en: 'CO₂, ppm: 1 is not between 250 and 10000.',
    ru: 'CO₂, ppm: 1 вне пределов от 250 до 10000.',
    kk: 'CO₂, ppm: 1 — 250 мен 10000 аралығында емес.',
  })
  expect((await refuse('ustaz/r301/readings', '{"readings":'))['ru']).toBe('Содержимое — не JSON.')
  expect((await refuse('ustaz/r301/readings', '{"readings":{"radon":1}}'))['en']).toContain('readings.radon')
  expect((await refuse('ustaz/r999/readings', '{"readings":{}}'))['kk']).toContain('ustaz түріндегі')
  const late = '{"time":"2026-01-01T00:00:00Z","readings":{"co2":600}}'
  expect((await refuse('ustaz/r301/readings', late))['ru']).toBe('Измерено за 180 дн. до прихода.')
})

test('what was stored before there were words stays readable', async () => {
  await server.tables
    .updateTable('quarantine')
    .set({ code: null, params: '{}', detail: 'Unexpected token' })
    .execute()
  expect(await details()).toEqual({ en: 'Unexpected token', ru: 'Unexpected token', kk: 'Unexpected token' })
})
