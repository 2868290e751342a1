import { z } from 'zod'
import { defineMessage } from '../device-type.ts'
import type { MessageForm } from '../device-type.ts'

/** Birth message and last will as plain words: online and offline, in any case. */
export function availability(topic: string): MessageForm {
  return defineMessage({
    topic,
    format: 'text',
    payload: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.enum(['online', 'offline'])),
    read: (word) => ({ online: word === 'online' }),
  })
}
