import { sql } from 'kysely'
import { choice } from '../definition.ts'
import type { ImportKind, Row } from '../definition.ts'
import { readCountry } from '../read-country.ts'
import { readDay, readOrcid, readYear, text } from '../read-value.ts'

export const teacherImport: ImportKind = {
  kind: 'teachers',
  key: ['code'],
  columns: {
    code: {
      required: true,
      read: text(64),
      aliases: ['teacher', 'tabel', 'таб. №', 'табель №'],
      example: 'T-0001',
    },
    family_name: { required: true, read: text(100), aliases: ['surname', 'last name'], example: 'Сәрсенов' },
    given_name: { required: true, read: text(100), aliases: ['first name'], example: 'Ерлан' },
    patronymic: { read: text(100), aliases: ['middle name'], example: 'Қайратұлы' },
    latin_name: { read: text(200), aliases: ['name in latin'], example: 'Yerlan Sarsenov' },
    sex: { ...choice('sex'), aliases: ['gender'], example: { kk: 'ер', ru: 'мужской', en: 'male' } },
    birth_year: { read: readYear, aliases: ['year of birth'], example: '1980' },
    citizenship: {
      read: readCountry,
      aliases: ['country', 'nationality'],
      example: { kk: 'Қазақстан', ru: 'Казахстан', en: 'Kazakhstan' },
    },
    orcid: { read: readOrcid, aliases: ['orcid id'], example: '0000-0002-1825-0097' },
    service_from: { read: readDay, aliases: ['hired', 'дата приема'], example: '2015-09-01' },
  },
  async readKnown(trx, lines) {
    const codes = lines.map(({ values }) => values.code)
    const { rows } = await sql<Row>`
      select code, family_name, given_name, patronymic, latin_name, sex, birth_year::text, citizenship, orcid, service_from::text,
        erased_at::text as erased
      from teacher where code = any(${codes}::text[])`.execute(trx)
    return rows
  },
  /** An erased person does not come back by a file that still has the name. */
  check(lines) {
    for (const { before, values, faults } of lines) {
      if (before?.erased)
        faults.push({ path: 'code', code: 'import.erased', params: { code: values.code ?? '' } })
    }
  },
  async insert(trx, rows) {
    await sql`
      insert into teacher
        (code, family_name, given_name, patronymic, latin_name, sex, birth_year, citizenship, orcid, service_from)
      select code, family_name, given_name, patronymic, latin_name, sex, birth_year, citizenship, orcid, service_from
      from ${asTable(rows)}`.execute(trx)
  },
  async update(trx, rows) {
    await sql`
      update teacher t set family_name = x.family_name, given_name = x.given_name, patronymic = x.patronymic,
        latin_name = x.latin_name, sex = x.sex, birth_year = x.birth_year, citizenship = x.citizenship,
        orcid = x.orcid, service_from = x.service_from
      from ${asTable(rows)} where t.code = x.code`.execute(trx)
  },
}

function asTable(rows: readonly Row[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as x (code text, family_name text, given_name text,
    patronymic text, latin_name text, sex text, birth_year smallint, citizenship text, orcid text, service_from date)`
}
