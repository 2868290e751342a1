import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { schemaOf } from '../database/migrate.ts'
import type { AuditRules } from '../plugin/audit-rules.ts'
import { loadListedPlugins } from '../plugins/plugin-list.ts'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'
import { argumentsOf, joinArguments, readAuditableTables } from './attach-audit.ts'
import type { AuditableTable } from './attach-audit.ts'
import { coreAuditRules, soundsSecret } from './audit-rules.ts'

/**
 * Every table of core and of the installed plugins whose changes are recorded. A new table is audited unasked; that it is, or why it is
 * not (`unaudited` of core/audit/audit-rules.ts or of the plugin's definition), is to be decided and said: here or there.
 */
const audited = {
  core: `account account_identity account_link account_password account_recovery_code account_role
    account_session account_totp api_token appeal appeal_change appeal_correction appeal_file appointment
    data_request degree delegation evidence evidence_change evidence_copy evidence_file evidence_participant
    evidence_turn leadership leave plugin position publication regulation regulation_change
    regulation_version relative run run_certainty run_correction run_correction_appeal shadow
    shadow_place share_confirmation table_by_name teacher unit`,
  classroom: 'device device_room dispute lesson room',
  expert: 'consultation consultation_change sheet',
  publications: 'journal_list',
  surveys: 'campaign cell questionnaire questionnaire_version remark',
  teaching: 'course course_group enrolment group_teacher pseudonym_key result_review',
}

let database: TestDatabase
let owners: { owner: string; rules: AuditRules; tables: AuditableTable[] }[]
beforeAll(async () => {
  const plugins = (await loadListedPlugins()).flatMap(({ definition }) => definition ?? [])
  database = await createTestDatabase(
    plugins.flatMap(({ id, migrations, audit = {} }) =>
      migrations ? [{ owner: id, folder: migrations, audit }] : [],
    ),
  )
  const rules = [
    { owner: 'core', rules: coreAuditRules },
    ...plugins.map(({ id, audit = {} }) => ({ owner: id, rules: audit })),
  ]
  owners = await Promise.all(
    rules.map(async (one) => ({
      ...one,
      tables: await readAuditableTables(database.pool, schemaOf(one.owner)),
    })),
  )
})
afterAll(async () => {
  await database.drop()
})

const every = <T>(find: (table: AuditableTable, rules: AuditRules, owner: string) => T[]) =>
  owners.flatMap(({ owner, rules, tables }) => tables.flatMap((table) => find(table, rules, owner)))

describe('of the tables of core and of every installed plugin', () => {
  test('each is audited or says why not', () => {
    const found = Object.fromEntries(
      owners
        .map(({ owner, rules, tables }) => [
          owner,
          tables.map(({ name }) => name).filter((name) => !Object.hasOwn(rules.unaudited ?? {}, name)),
        ])
        .filter(([, names]) => names!.length > 0),
    ) as Record<string, string[]>
    const expected = Object.fromEntries(
      Object.entries(audited).map(([owner, names]) => [owner, names.split(/\s+/)]),
    )
    expect(found).toEqual(expected)
  })

  test('those that are audited have the trigger, with the arguments of the rules, and the others none', () => {
    const wrong = every((table, rules, owner) => {
      const isLeftOut = Object.hasOwn(rules.unaudited ?? {}, table.name)
      const wanted = joinArguments(isLeftOut ? null : argumentsOf(table, rules))
      return wanted === table.attached ? [] : [`${owner}.${table.name}: ${String(table.attached)}`]
    })
    expect(wrong).toEqual([])
  })

  test('a column whose name sounds like a secret is declared to be one, or not to be', () => {
    const undeclared = every((table, rules, owner) =>
      table.columns
        .filter(({ name }) => soundsSecret.test(name))
        .map(({ name }) => `${table.name}.${name}`)
        .filter((name) => !Object.hasOwn({ ...rules.secret, ...rules.open }, name))
        .map((name) => `${owner}: ${name}`),
    )
    expect(undeclared).toEqual([])
  })

  test('what the rules name is there', () => {
    const missing = owners.flatMap(({ owner, rules, tables }) => {
      const names = new Set(
        tables.flatMap(({ name, columns }) => [name, ...columns.map((c) => `${name}.${c.name}`)]),
      )
      const { unaudited, secret, open, quiet } = rules
      return Object.keys({ ...unaudited, ...secret, ...open, ...quiet })
        .filter((name) => !names.has(name))
        .map((name) => `${owner}: ${name}`)
    })
    expect(missing).toEqual([])
  })

  test('an audited table has a key to name its rows by', () => {
    const keyless = every((table, _, owner) =>
      table.attached !== null && table.key.length === table.columns.length ? [`${owner}.${table.name}`] : [],
    )
    // All of its columns are its key.
    expect(keyless).toEqual(['core.run_correction_appeal'])
  })
})
