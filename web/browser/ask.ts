import { headersOf } from './sign-in.ts'

/** An answer of the API to the rating office, for tests to know ids and to do what stands before what they look at. */
export async function ask<T>(address: string, path: string): Promise<T> {
  const response = await fetch(`${address}/api${path}`, { headers: await headersOf(address) })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

interface Rows<T> {
  items: T[]
}

/** The account that leads the department a teacher belongs to. */
export async function headOf(address: string, teacherCode: string): Promise<number> {
  const { items: teachers } = await ask<Rows<{ appointment: { unitId: number } }>>(
    address,
    `/teachers?search=${teacherCode}`,
  )
  const unit = teachers[0]!.appointment.unitId
  const { items: heads } = await ask<Rows<{ id: number; roles: { role: string; unitId: number }[] }>>(
    address,
    '/demo/people?role=head&pageSize=200',
  )
  return heads.find(({ roles }) => roles.some((one) => one.role === 'head' && one.unitId === unit))!.id
}

/** Every page of the dashboard, with the ids that the demonstration has. */
export async function listPages(address: string): Promise<string[]> {
  const first = async (path: string, name: string) => {
    const { items } = await ask<Rows<Record<string, number>>>(address, path)
    return items[0]?.[name] ?? 0
  }
  const { items: runs } = await ask<Rows<{ id: number }>>(address, '/runs?purpose=official&state=done')
  const run = `/runs/${runs[0]?.id ?? 0}`
  const compared = `${run}/compare/${runs[1]?.id ?? 0}`
  const teacher = await first(`${run}/ranking?status=ranked&pageSize=1`, 'teacherId')
  const draft = await first('/evidence?state=draft&pageSize=1', 'id')
  const approved = await first('/evidence?state=approved&pageSize=1', 'id')
  const version = await draftOf(address, 1)
  return [
    ...[
      '/',
      '/runs',
      run,
      `${run}/ranking`,
      `${run}/ranking?status=blocked`,
      `${run}/units`,
      `${run}/fairness`,
      `${run}/certainty`,
    ],
    ...[
      `${run}/shadow`,
      `${run}/compare`,
      compared,
      `${compared}?view=groups`,
      `${compared}/teachers/${teacher}`,
    ],
    ...[`${run}/teachers/${teacher}`, '/evidence', `/evidence/${draft}`, `/evidence/${approved}`],
    ...['/evidence/new', '/evidence/new?kind=publications.work', '/evidence/import'],
    ...[
      '/people',
      `/people/${teacher}`,
      `/people/${teacher}/year`,
      '/approval',
      '/approval?all=all',
      '/approval/absence',
      '/notices',
      '/people/import',
      '/regulations',
      '/regulations/1',
    ],
    ...['edit', 'edit?view=text', 'approve', 'diff/1'].map((page) => `/regulations/${version}/${page}`),
    ...['/plugins', '/journals', '/teaching', '/teaching/import', '/nowhere'],
  ]
}

/** A draft of the regulation that a version belongs to, copied from it where there is none yet. */
async function draftOf(address: string, versionId: number): Promise<number> {
  const { items } = await ask<Rows<{ id: number }>>(address, '/regulations?state=draft')
  if (items[0]) return items[0].id
  const response = await fetch(`${address}/api/regulations/${versionId}/drafts`, {
    method: 'POST',
    headers: { ...(await headersOf(address)), 'content-type': 'application/json' },
    body: JSON.stringify({ version: 'draft' }),
  })
  return ((await response.json()) as { id: number }).id
}
