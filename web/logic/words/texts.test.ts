import { describe, expect, test } from 'vitest'
import en from '../../messages/en.json' with { type: 'json' }
import kk from '../../messages/kk.json' with { type: 'json' }
import ru from '../../messages/ru.json' with { type: 'json' }
import type { SchemaNode } from '../schema-node.ts'
import { fullDocuments, regulationNode } from '../test-document.ts'
import { clauseWords, listSections, singleSections, singleWords } from './clause.ts'
import { plainWords } from './test-vocabulary.ts'
import type { Phrase, Vocabulary } from './vocabulary.ts'

/** Keys a text may stand under, the first before the others: `editor.fields.rule.points`. */
type Keys = readonly string[]

function textAt(messages: object, key: string): string | null {
  const found = key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], messages)
  return typeof found === 'string' ? found : null
}
const languages = { kk, ru, en }
const missing = (wanted: readonly Keys[]) =>
  Object.entries(languages).flatMap(([language, messages]) =>
    wanted
      .filter((keys) => keys.every((key) => textAt(messages, key) === null))
      .map(([key = '']) => `${language} ${key}`),
  )

/** Every text that a form of this part of the schema needs: names of fields, kinds and choices. */
function textsOf(node: SchemaNode, place: { part: string; field: string }): Keys[] {
  const { part, field } = place
  const inFields = (own: string | null, fields: readonly { name: string; node: SchemaNode }[]): Keys[] =>
    fields.flatMap(({ name, node: inner }): Keys[] => [
      [`editor.fields.${own ?? '?'}.${name}`, `editor.fields.common.${name}`],
      ...textsOf(inner, { part: own ?? '?', field: name }),
    ])
  const options = (words: readonly string[]) =>
    words.map((word) => [`editor.options.${part}.${field}.${word}`])
  switch (node.control) {
    case 'object':
      return inFields(node.part, node.fields)
    case 'variants':
      return node.variants.flatMap(({ kind, fields }): Keys[] => [
        [`editor.kinds.${node.part ?? '?'}.${kind}`],
        ...inFields(node.part, fields),
      ])
    case 'list':
      return textsOf(node.item, place)
    case 'record':
      return textsOf(node.value, place)
    case 'choice':
    case 'choices':
      return options(node.options)
    case 'either':
      return [...options(node.words), ...textsOf(node.other, place)]
    case 'alternatives':
      return node.options.flatMap((option): Keys[] => [
        [`editor.alternatives.${option.control}`],
        ...textsOf(option, place),
      ])
    default:
      return []
  }
}

test('every field, kind and choice of the schema has a text in each language', () => {
  const wanted = textsOf(regulationNode, { part: 'regulation', field: '' })
  expect(wanted.length).toBeGreaterThan(400)
  expect([...new Set(missing(wanted))]).toEqual([])
})

describe('sentences about clauses', () => {
  const said: Phrase[] = []
  const words: Vocabulary = {
    ...plainWords,
    say(phrase) {
      said.push(phrase)
      return phrase.key
    },
    of: (indicator) => ({ ...plainWords.of(indicator), say: words.say }),
  }
  for (const document of fullDocuments()) {
    said.push(...singleSections.flatMap((section) => singleWords(section, document[section], words)))
    for (const section of listSections) {
      said.push(
        ...document[section].flatMap((clause) => clauseWords(section, clause as never, words, document)),
      )
    }
  }

  test('each has a text in each language', () => {
    expect([...new Set(missing(said.map(({ key }) => [key])))]).toEqual([])
  })

  test('each gives what its text asks for', () => {
    const lacking = said.flatMap(({ key, params }) =>
      Object.values(languages).flatMap((messages) =>
        [...(textAt(messages, key) ?? '').matchAll(/\{(\w+)\}/g)]
          .map(([, name = '']) => name)
          .filter((name) => !(name in params))
          .map((name) => `${key}: ${name}`),
      ),
    )
    expect([...new Set(lacking)]).toEqual([])
  })
})
