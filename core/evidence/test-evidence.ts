import { z } from 'zod'
import type { EvidenceDetail, EvidenceInput } from '../contract/resources/evidence.ts'
import { defineEvidenceKind, definePlugin } from '../plugin/definition.ts'
import { createTestApp } from '../testing/create-test-app.ts'
import type { TestApp } from '../testing/create-test-app.ts'
import { createTestUniversity, person } from './test-university.ts'
import type { TestAccount, TestUniversity } from './test-university.ts'

const pdf = 'application/pdf'

/** With roles, an identity, and a file that must be there. */
const work = defineEvidenceKind({
  kind: 'work',
  unit: 'item',
  schema: z.object({ title: z.string().min(1), pages: z.int().positive(), doi: z.string().optional() }),
  title: ({ title }) => title,
  identity: ({ doi }) => doi ?? null,
  roles: ['lead', 'member'],
  participants: 'many',
  files: { required: true, maxBytes: 2000, mediaTypes: [pdf, 'text/plain'] },
})

/** About one teacher; needs neither file nor role, and cannot be told from another. */
const talk = defineEvidenceKind({
  kind: 'talk',
  unit: 'item',
  schema: z.object({ name: z.string().min(1) }),
  title: ({ name }) => name,
  identity: () => null,
  roles: [],
  participants: 'one',
  files: { required: false, maxBytes: 1000, mediaTypes: [pdf] },
})

const names = (text: string) => ({
  name: text,
  description: text,
  kinds: {
    work: {
      name: text,
      description: text,
      fields: { title: text, pages: text, doi: text },
      roles: { lead: text, member: text },
    },
    talk: { name: text, description: text, fields: { name: text } },
  },
})
export const testEvidencePlugin = definePlugin({
  id: 'test',
  version: '1.0.0',
  messages: { kk: names('Сынақ'), ru: names('Проба'), en: names('Test') },
  evidence: [work, talk],
})

export interface TestEvidence extends TestApp {
  university: TestUniversity
  /** Asks the server as one of the test accounts; `json` is a body. */
  ask(
    account: TestAccount,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    json?: unknown,
  ): Promise<Answer>
  /** Sends a file as a form. */
  upload(account: TestAccount, id: number, file: { name: string; content: Buffer | string }): Promise<Answer>
  /** Enters a complete work of Aigul, its file attached; answers it as she sees it. */
  enterWork(fields?: Partial<EvidenceInput>, account?: TestAccount): Promise<EvidenceDetail>
  /** Takes the entry as it is now to the next state; answers the status and body. */
  move(account: TestAccount, id: number, action: string, reason?: string): Promise<Answer>
}
export interface Answer {
  status: number
  headers: Record<string, unknown>
  /** JSON of the body. */
  body: Body
  raw: Buffer
}
type Body = EvidenceDetail & {
  code: string
  params: Record<string, unknown>
  issues: Issues
  items: EvidenceDetail[]
  total: number
}
type Issues = { path: string; code: string; message: string }[]

export const onePagePdf = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n')

/** `now`: where the clock stands. */
export async function createTestEvidence(options: { now?: string } = {}): Promise<TestEvidence> {
  const testApp = await createTestApp({ plugins: [testEvidencePlugin], ...options })
  const university = await createTestUniversity(testApp.context.db)
  const ask = askOf(testApp, university)
  const test: TestEvidence = {
    ...testApp,
    university,
    ask: (account, method, path, json) =>
      ask(
        account,
        method,
        path,
        json === undefined ? null : { 'content-type': 'application/json' },
        JSON.stringify(json),
      ),
    upload: (account, id, { name, content }) => {
      const form = formOf(name, Buffer.from(content))
      return ask(account, 'POST', `/evidence/${id}/files`, form.headers, form.payload)
    },
    async enterWork(fields, account = 'aigul') {
      const entered = await test.ask(account, 'POST', '/evidence', workOf(university, fields))
      if (entered.status !== 200) throw new Error(JSON.stringify(entered.body))
      return (await test.upload(account, entered.body.id, { name: 'a.pdf', content: onePagePdf })).body
    },
    async move(account, id, action, reason) {
      const query = testApp.context.db.selectFrom('evidence').select('revision').where('id', '=', id)
      const { revision } = await query.executeTakeFirstOrThrow()
      return await test.ask(account, 'POST', `/evidence/${id}/moves`, {
        action,
        revision,
        reason: reason ?? null,
      })
    },
  }
  return test
}

/** A complete work of Aigul's. */
export function workOf(university: TestUniversity, fields: Partial<EvidenceInput> = {}): EvidenceInput {
  return {
    indicator: 'test.work',
    data: { title: 'Алгебра', pages: 120 },
    happenedOn: '2026-05-01',
    participants: [person('Оразбаева А.', { teacherId: university.teachers.aigul, role: 'lead' })],
    ...fields,
  }
}

function askOf({ app }: TestApp, { accounts }: TestUniversity) {
  return async (
    account: TestAccount,
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    headers: Record<string, string> | null,
    payload?: string | Buffer,
  ): Promise<Answer> => {
    const answer = await app.inject({
      method,
      url: `/api${path}`,
      headers: { 'accept-language': 'en', 'x-ustaz-account': String(accounts[account]), ...headers },
      ...(payload === undefined ? {} : { payload }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    const body = (isJson ? answer.json() : {}) as Body
    return { status: answer.statusCode, headers: answer.headers, body, raw: answer.rawPayload }
  }
}

/** A form with one file (RFC 7578). */
function formOf(name: string, content: Buffer) {
  const boundary = 'boundary-of-the-test'
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: application/x-any\r\n\r\n`
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload: Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}
