import type { FastifyInstance } from 'fastify'
import { Readable } from 'node:stream'

/** Streams of events end only when their reader leaves: when the server closes, it ends what it is still answering. */
export function endStreamsOnClose(app: FastifyInstance): void {
  const open = new Set<Readable>()
  app.addHook('onSend', async (_request, _reply, payload) => {
    if (payload instanceof Readable) {
      open.add(payload)
      payload.once('close', () => open.delete(payload))
    }
    return payload
  })
  app.addHook('preClose', async () => {
    for (const stream of open) stream.destroy()
  })
}
