import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { buildApp } from '../../core/app.ts'
import type { AppContext } from '../../core/app-context.ts'
import { requestHeader } from '../../core/contract/call.ts'
import { journalLists } from '../evidence/journals.ts'

const address = '/api/plugins/publications/journal-lists'
const source = 'sjr'
const listsSchema = z.object({ items: z.array(z.object({ source: z.string(), year: z.int() })) })

/** Loads the dated lists of journals as a person would, through the plugin's own route; a list that is there already stays. */
export async function loadJournals(context: AppContext, office: number): Promise<void> {
  const app = await buildApp(context, { routes: [], webFolder: null })
  try {
    const cookie = await signIn(app, office)
    const { items } = listsSchema.parse((await app.inject({ url: address, headers: { cookie } })).json())
    for (const list of journalLists) {
      const isThere = items.some((item) => item.source === source && item.year === list.year)
      if (!isThere) await send(app, list, cookie)
    }
  } finally {
    await app.close()
  }
}

/** Signs in as anybody of the demonstration would by one click; answers the cookie. */
async function signIn(app: FastifyInstance, accountId: number): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/demo/session',
    headers: { [requestHeader.name]: requestHeader.value },
    payload: { accountId },
  })
  const [cookie] = answer.cookies
  if (!cookie) throw new Error(`the rating office could not sign in: ${answer.body}`)
  return `${cookie.name}=${cookie.value}`
}

async function send(
  app: FastifyInstance,
  { year, file }: { year: number; file: Uint8Array<ArrayBuffer> },
  cookie: string,
): Promise<void> {
  const form = new FormData()
  form.set('source', source)
  form.set('year', String(year))
  form.set('file', new File([file], `journals-${year}.csv`, { type: 'text/csv' }))
  const encoded = new Response(form)
  const answer = await app.inject({
    method: 'POST',
    url: address,
    headers: {
      cookie,
      [requestHeader.name]: requestHeader.value,
      'content-type': encoded.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  if (answer.statusCode !== 200)
    throw new Error(`the list of journals of ${year} was refused: ${answer.body}`)
}
