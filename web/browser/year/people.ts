import type { Browser } from 'playwright-core'
import { createReader, settled } from '../reader.ts'
import type { Look, Reader } from '../reader.ts'
import { emailOf, names, passwordOf } from './start-year.ts'
import type { Name, Year } from './start-year.ts'

export type People = Record<Name, Reader>

/** Everybody with a browser of their own, signed in by their own password on the page for it. */
export async function bringPeople(
  browser: Browser,
  { address }: Year,
  looks: Partial<Record<Name, Partial<Look>>> = {},
): Promise<People> {
  const people = await Promise.all(
    names.map(async (name) => {
      const look = { language: 'en', width: 1440, account: null, ...looks[name] } as const
      const reader = await createReader(browser, address, look)
      await signIn(reader, name)
      return [name, reader] as const
    }),
  )
  return Object.fromEntries(people) as People
}

/** By the fields in their order, so that it goes in every language. */
export async function signIn({ page, open }: Reader, name: Name): Promise<void> {
  await open('/sign-in')
  await page.locator('input[type=email], input[autocomplete=username]').first().fill(emailOf(name))
  await page.locator('input[type=password]').fill(passwordOf(name))
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.pathname !== '/sign-in')
  await settled(page)
}

/** What each is answered at an address of the API, asked from the own browser: the status, by name. */
export async function whoSees(
  people: People,
  { address }: Year,
  path: string,
): Promise<Record<Name, number>> {
  const answers = await Promise.all(
    names.map(async (name) => {
      const answer = await people[name].page.request.get(`${address}/api${path}`)
      return [name, answer.status()] as const
    }),
  )
  return Object.fromEntries(answers) as Record<Name, number>
}

/** Who is answered (200), in the order of the names; the others are refused. */
export async function seenBy(people: People, year: Year, path: string): Promise<string> {
  const answers = Object.entries(await whoSees(people, year, path))
  for (const [name, status] of answers)
    if (![200, 403, 404].includes(status)) throw new Error(`${name} gets ${status} at ${path}`)
  return answers.flatMap(([name, status]) => (status === 200 ? [name] : [])).join(' ')
}
