import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languages } from '../../contract/text.ts'
import { importKinds } from '../../contract/resources/people.ts'
import { findColumns } from './find-columns.ts'
import { imports } from './kinds/index.ts'
import { plain } from './plain.ts'
import { headingsOf, titleOf } from './titles.ts'

/** The same heading as somebody else would write it. */
const writtenAs = (heading: string) =>
  fc
    .tuple(
      fc.constantFrom('', ' ', '  '),
      fc.constantFrom('', ' *', ':', '\u00A0'),
      fc.boolean(),
      fc.constantFrom(' ', '_', '-'),
    )
    .map(([before, after, upper, space]) => {
      const spaced = heading.replaceAll(/[ _]/g, space)
      return before + (upper ? spaced.toUpperCase() : spaced) + after
    })

const headers = fc
  .record({ kind: fc.constantFrom(...importKinds), language: fc.constantFrom('code', ...languages) })
  .chain(({ kind, language }) => {
    const codes = Object.keys(imports[kind].columns)
    const heading = (code: string) => (language === 'code' ? code : titleOf(imports[kind], code, language))
    const order = fc.shuffledSubarray(codes, { minLength: codes.length })
    return order.chain((shuffled) => {
      const written = fc.tuple(...shuffled.map((code) => writtenAs(heading(code))))
      return written.map((header) => ({ kind, shuffled, header }))
    })
  })

test('headings are found in each language and by code, in any order, case and spacing', () => {
  fc.assert(
    fc.property(headers, ({ kind, shuffled, header }) => {
      const { places, notices } = findColumns(imports[kind], header, { language: 'en' })
      expect([...places.entries()]).toEqual(shuffled.map((code, place) => [code, place]))
      expect(notices).toEqual([])
    }),
  )
})

test('no heading names two columns of a kind', () => {
  for (const kind of Object.values(imports)) {
    const all = Object.entries(kind.columns).flatMap(([code, { aliases = [] }]) =>
      [code, ...languages.map((language) => titleOf(kind, code, language)), ...aliases].map((name) => [
        plain(name),
        code,
      ]),
    )
    for (const [name, code] of all) expect([name, headingsOf(kind).get(name ?? '')]).toEqual([name, code])
  }
})

test('unknown headings are noticed, empty ones passed over', () => {
  const header = ['Табельный номер', 'Фамилия', 'Имя', '', 'Телефон']
  const { places, notices } = findColumns(imports.teachers, header, { language: 'ru' })
  expect(places.size).toBe(3)
  expect(notices).toEqual([{ path: '', code: 'import.unknown-columns', params: { columns: ['Телефон'] } }])
})

test('missing columns are named in the language of the reader, a column given twice is refused', () => {
  const find = (header: string[]) => () => findColumns(imports.teachers, header, { language: 'kk' })
  expect(find(['code', 'Имя'])).toThrow(
    expect.objectContaining({
      code: 'import-columns-missing',
      status: 422,
      params: { columns: ['Тегі'], found: ['code', 'Имя'] },
    }),
  )
  expect(find(['code', 'Имя', 'Аты', 'Тегі'])).toThrow(
    expect.objectContaining({ code: 'import-columns-twice', params: { columns: ['Аты'] } }),
  )
})

test('a heading that a person named goes before the known ones, and must be there', () => {
  const header = ['code', 'Номер', 'family_name', 'given_name']
  const find = (headings: Record<string, string>) =>
    findColumns(imports.teachers, header, { language: 'en', headings })
  expect(find({ code: ' номер ' }).places.get('code')).toBe(1)
  expect(find({ code: 'Номер' }).notices[0]?.params).toEqual({ columns: ['code'] })
  const unknown = expect.objectContaining({ code: 'import-heading-unknown' }) as Error
  expect(() => find({ code: 'nowhere' })).toThrow(unknown)
  expect(() => find({ nothing: 'Номер' })).toThrow(unknown)
})
