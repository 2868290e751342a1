import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  /** Of the envelope. */
  from: string
  to: string[]
  subject: string
  text: string
  messageId: string
  /** By name in lower case, unfolded, as they stand. */
  headers: Record<string, string>
}

/** A mail server on this machine that keeps what it receives. */
export interface TestMailbox {
  /** smtp:// */
  url: string
  received: ReceivedMail[]
  /** Asked for each recipient; null: welcome. */
  answer: (envelope: { to: string }) => { code: number; text: string } | null
  close(): Promise<void>
}

export async function startTestMailbox(): Promise<TestMailbox> {
  const mailbox: TestMailbox = { url: '', received: [], answer: () => null, close: async () => undefined }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, callback) {
      const refusal = mailbox.answer({ to: address })
      if (refusal) callback(Object.assign(new Error(refusal.text), { responseCode: refusal.code }))
      else callback()
    },
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address)
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        mailbox.received.push({ from, to, ...readMail(Buffer.concat(chunks).toString('utf8')) })
        callback()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  mailbox.url = `smtp://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
  mailbox.close = async () => await new Promise<void>((resolve) => server.close(() => resolve()))
  return mailbox
}

/** Of a mail with one part of plain text, which is all that the product sends. */
function readMail(raw: string): Pick<ReceivedMail, 'headers' | 'subject' | 'text' | 'messageId'> {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  )
  return {
    headers,
    subject: decodeWords(headers['subject'] ?? ''),
    text: decodeBody(rest.join('\r\n\r\n'), headers['content-transfer-encoding'] ?? '7bit').trim(),
    messageId: headers['message-id'] ?? '',
  }
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8')
  return encoding === 'quoted-printable' ? decodeQuoted(body.replace(/=\r\n/g, '')) : body
}

/** RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(word, 'base64').toString('utf8')
        : decodeQuoted(word.replace(/_/g, ' ')),
    )
}

function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}
