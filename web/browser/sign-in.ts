const cookies = new Map<string, Promise<string>>()

/**
 * The cookie of a session, got by the demonstration's one click. `account` absent: the first of the rating office. Asked for once
 * for each account of a server.
 */
export async function signIn(address: string, account?: number): Promise<string> {
  const key = `${address} ${account ?? 'office'}`
  const cookie = cookies.get(key) ?? open(address, account ?? (await firstOfOffice(address)))
  cookies.set(key, cookie)
  return await cookie
}

/** Headers by which a change is made in the name of an account. */
export async function headersOf(address: string, account?: number): Promise<Record<string, string>> {
  return { cookie: await signIn(address, account), 'x-ustaz-request': '1' }
}

async function open(address: string, accountId: number): Promise<string> {
  const response = await fetch(`${address}/api/demo/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-ustaz-request': '1' },
    body: JSON.stringify({ accountId }),
  })
  const [cookie] = response.headers.getSetCookie()
  if (!response.ok || cookie === undefined) throw new Error(await response.text())
  return cookie.split(';', 1)[0]!
}

async function firstOfOffice(address: string): Promise<number> {
  const response = await fetch(`${address}/api/demo/people?role=office&pageSize=200`)
  const { items } = (await response.json()) as { items: { id: number }[] }
  return Math.min(...items.map(({ id }) => id))
}
