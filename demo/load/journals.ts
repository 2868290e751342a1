import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { buildApp } from '../../core/app.ts'
import type { AppContext } from '../../core/app-context.ts'
import { journalLists } from '../evidence/journals.ts'

const address = '/api/plugins/publications/journal-lists'
const source = 'sjr'
const listsSchema = z.object({ items: z.array(z.object({ source: z.string(), year: z.int() })) })

/** Loads the dated lists of journals as a person would, through the plugin's own route; a list that is there already stays. */
export async function loadJournals(context: AppContext): Promise<void> {
  const app = await buildApp(context, { routes: [], webFolder: null })
  try {
    const { items } = listsSchema.parse((await app.inject({ url: address })).json())
    for (const list of journalLists) {
      const isThere = items.some((item) => item.source === source && item.year === list.year)
      if (!isThere) await send(app, list)
    }
  } finally {
    await app.close()
  }
}

async function send(
  app: FastifyInstance,
  { year, file }: { year: number; file: Uint8Array<ArrayBuffer> },
): Promise<void> {
  const form = new FormData()
  form.set('source', source)
  form.set('year', String(year))
  form.set('file', new File([file], `journals-${year}.csv`, { type: 'text/csv' }))
  const encoded = new Response(form)
  const answer = await app.inject({
    method: 'POST',
    url: address,
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    payload: Buffer.from(await encoded.arrayBuffer()),
  })
  if (answer.statusCode !== 200)
    throw new Error(`the list of journals of ${year} was refused: ${answer.body}`)
}
