import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestDatabase } from '../testing/create-test-database.ts'
import type { TestDatabase } from '../testing/create-test-database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  await database.drop()
})

async function inOrder(texts: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select text from unnest(${texts}::text[]) text order by text collate person_name`.execute(database.db)
  return rows.map(({ text }) => text)
}

/** Turned round, so that no order is right by chance. */
const reversed = (texts: readonly string[]) => [...texts].reverse()

// The Kazakh Cyrillic alphabet of 42 letters.
const alphabet = 'А Ә Б В Г Ғ Д Е Ё Ж З И Й К Қ Л М Н Ң О Ө П Р С Т У Ұ Ү Ф Х Һ Ц Ч Ш Щ Ъ Ы І Ь Э Ю Я'.split(
  ' ',
)

test('names stand in the order of the Kazakh alphabet, in capitals and small letters', async () => {
  expect(alphabet).toHaveLength(42)
  expect(await inOrder(reversed(alphabet))).toEqual(alphabet)
  const small = alphabet.map((letter) => letter.toLowerCase())
  expect(await inOrder(reversed(small))).toEqual(small)
})

test('Kazakh and Russian names come first, Latin ones after them', async () => {
  const names = [
    'Ахметов',
    'Әбдіров',
    'Әуезов',
    'Бекова',
    'Гаврилов',
    'Ғабитов',
    'Ежов',
    'Ермеков',
    'Ёлкин',
    'Жұмабаев',
    'Ким',
    'Ковалёв',
    'Қалиев',
    'Назаров',
    'Орлов',
    'Өтегенов',
    'Усенов',
    'Ұлықпан',
    'Үсенов',
    'Хасенов',
    'Һадиев',
    'Цой',
    'Ысқақов',
    'Ізбасар',
    'Эм',
    'Яковлев',
    'Lee',
    'Smith',
    'Zhang',
  ]
  expect(await inOrder(reversed(names))).toEqual(names)
})

test('case and hyphens do not tear a family apart', async () => {
  const names = ['Ли', 'Ли-Ким', 'Лиев']
  expect(await inOrder(reversed(names))).toEqual(names)
  expect(await inOrder(['ӘЛІ', 'Әлім', 'әлі'])).toEqual(['әлі', 'ӘЛІ', 'Әлім'])
})
