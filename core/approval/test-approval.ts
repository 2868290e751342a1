import { createTestEvidence } from '../evidence/test-evidence.ts'
import type { Answer, TestEvidence } from '../evidence/test-evidence.ts'
import { approveTestRegulation } from './test-stages.ts'

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export interface TestApproval extends TestEvidence {
  id(account: string): number
  /** Asks as any account, by name or id. */
  as(
    account: string | number,
    method: Method,
    path: string,
    json?: unknown,
  ): Promise<Answer & { body: never }>
  /** Takes an entry on; answers status and state, or the code of the problem. */
  go(account: string | number, evidenceId: number, action: string, reason?: string): Promise<string>
  /** A complete work, submitted by Aigul. */
  submitted(fields?: Parameters<TestEvidence['enterWork']>[0]): Promise<number>
  /** Whose turn it is: stage, holder and code of the unit. */
  turnsOf(evidenceId: number): Promise<string[]>
}

/**
 * The test university with structural units, their verifiers, a head of history, and an approved regulation with stages. `now`: where
 * the clock stands; all else replaces sections of the regulation.
 */
export async function createTestApproval({
  now,
  ...changes
}: { now?: string } & Record<string, unknown> = {}): Promise<TestApproval> {
  const evidence = await createTestEvidence(now === undefined ? {} : { now })
  const { db } = evidence.context
  const { university } = evidence
  const ids = new Map<string, number>(Object.entries(university.accounts))
  const account = async (name: string, role: string, unitId: number | null) => {
    const { id } = await db
      .insertInto('account')
      .values({ name, teacher_id: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.insertInto('account_role').values({ account_id: id, role, unit_id: unitId }).execute()
    ids.set(name, id)
  }
  for (const code of ['library', 'science', 'sport']) {
    const name = JSON.stringify({ kk: code, ru: code, en: code })
    const { id } = await db
      .insertInto('unit')
      .values({ kind: 'structural', code, parent_id: university.units.university, name })
      .returning('id')
      .executeTakeFirstOrThrow()
    await account(code, 'verifier', id)
  }
  await account('otherHead', 'head', university.units.history)
  await approveTestRegulation(db, university.accounts.management, changes)

  const id = (name: string) => {
    const found = ids.get(name)
    if (found === undefined) throw new Error(`no account ${name}`)
    return found
  }
  const as: TestApproval['as'] = async (who, method, path, json) => {
    const answer = await evidence.app.inject({
      method,
      url: `/api${path}`,
      headers: {
        'accept-language': 'en',
        'x-ustaz-account': String(typeof who === 'string' ? id(who) : who),
      },
      ...(json === undefined ? {} : { payload: json as object }),
    })
    const isJson = String(answer.headers['content-type']).includes('json')
    const body = (isJson ? answer.json() : {}) as never
    return { status: answer.statusCode, headers: answer.headers, body, raw: answer.rawPayload }
  }
  const test: TestApproval = {
    ...evidence,
    id,
    as,
    async go(who, evidenceId, action, reason) {
      const entry = db.selectFrom('evidence').select('revision').where('id', '=', evidenceId)
      const { revision } = await entry.executeTakeFirstOrThrow()
      const request = { action, revision, reason: reason ?? null }
      const { status, body } = await as(who, 'POST', `/evidence/${evidenceId}/moves`, request)
      const { state, code } = body as { state?: string; code?: string }
      return `${status} ${state ?? code}`
    },
    async submitted(fields) {
      const { id: evidenceId } = await evidence.enterWork(fields)
      const { status, body } = await evidence.move('aigul', evidenceId, 'submit')
      if (status !== 200) throw new Error(JSON.stringify(body))
      return evidenceId
    },
    async turnsOf(evidenceId) {
      const rows = await db
        .selectFrom('evidence_turn as t')
        .leftJoin('unit as u', 'u.id', 't.unit_id')
        .select(['t.stage', 't.holder', 'u.code'])
        .where('t.evidence_id', '=', evidenceId)
        .where('t.closed_at', 'is', null)
        .orderBy('t.id')
        .execute()
      return rows.map(({ stage, holder, code }) => [stage, holder, code].filter(Boolean).join(' '))
    },
  }
  return test
}
