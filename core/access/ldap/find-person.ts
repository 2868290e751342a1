import { AndFilter, EqualityFilter, FilterParser, OrFilter } from 'ldapts'
import type { Client, Entry, Filter } from 'ldapts'
import { UstazError } from '../../contract/problem.ts'
import type { LdapSettings } from './settings.ts'

/**
 * What may be a login at all. A directory takes some different texts for the same (spaces, signs that are not seen: RFC 4518), by
 * which one could guess on under another name; so only what is plainly the same or plainly not is looked for.
 */
export function readLogin(typed: string): string | null {
  const login = typed.normalize('NFKC').trim().toLowerCase()
  return /^[\p{L}\p{N}._@+'-]{1,254}$/u.test(login) ? login : null
}

/** A login stands in it as a value of its own, never as text that is read as a filter: nothing in it needs to be escaped. */
export function personFilter(
  { filter, loginAttributes }: Pick<LdapSettings, 'filter' | 'loginAttributes'>,
  login: string,
): Filter {
  const names = loginAttributes.map((attribute) => new EqualityFilter({ attribute, value: login }))
  return new AndFilter({ filters: [FilterParser.parseString(filter), new OrFilter({ filters: names })] })
}

/** null: nobody. Throws `provider-unavailable` where several people have the login: none of them is let in by chance. */
export async function findPerson(
  client: Client,
  settings: LdapSettings,
  login: string,
): Promise<Entry | null> {
  const { base, idAttribute, teacherAttribute, groupBase } = settings
  const attributes = [
    idAttribute,
    teacherAttribute,
    'mail',
    'displayName',
    'cn',
    groupBase === null ? 'memberOf' : null,
  ]
  const { searchEntries } = await client.search(base, {
    scope: 'sub',
    filter: personFilter(settings, login),
    attributes: attributes.filter((name) => name !== null),
    explicitBufferAttributes: [idAttribute],
    sizeLimit: 2,
  })
  if (searchEntries.length > 1) {
    const message = `${settings.url}: several people below ${base} have one login`
    throw new UstazError('provider-unavailable', { status: 503, message })
  }
  return searchEntries[0] ?? null
}

/** The whole names (DN) of the groups of a person. */
export async function findGroups(
  client: Client,
  { groupBase }: LdapSettings,
  person: Entry,
): Promise<string[]> {
  if (groupBase === null) return textsOf(person, 'memberOf')
  const isMember = ['member', 'uniqueMember'].map(
    (attribute) => new EqualityFilter({ attribute, value: person.dn }),
  )
  const { searchEntries } = await client.search(groupBase, {
    scope: 'sub',
    filter: new OrFilter({ filters: isMember }),
    attributes: ['cn'],
  })
  return searchEntries.map(({ dn }) => dn)
}

/** The values of an attribute, in whatever case the server writes its name; empty: it has none. */
export function valuesOf(entry: Entry, attribute: string): (string | Buffer)[] {
  const name = Object.keys(entry).find((key) => key.toLowerCase() === attribute.toLowerCase())
  return name === undefined ? [] : [entry[name] ?? []].flat()
}

/** The same as text. */
export function textsOf(entry: Entry, attribute: string): string[] {
  return valuesOf(entry, attribute).map((value) => value.toString())
}

/** Two names of a group are one if they differ in case or in spaces around their parts. */
export function plainDn(dn: string): string {
  return dn
    .toLowerCase()
    .replace(/\s*([,=+])\s*/g, '$1')
    .trim()
}
