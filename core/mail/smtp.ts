import { createTransport } from 'nodemailer'
import { isLocalName } from '../local-name.ts'
import type { Config } from '../config.ts'

export interface OutgoingMail {
  from: string
  to: string
  subject: string
  text: string
  messageId: string
}
export type SendMail = (mail: OutgoingMail) => Promise<void>

const secondsToAnswer = 20

/**
 * Sends by SMTP, a connection for each mail. `smtps://` speaks TLS from the start; `smtp://` to another machine insists on
 * STARTTLS, so that neither password nor text goes over the network in the clear. Throws what the server answered.
 */
export function openSmtp({ smtpUrl }: NonNullable<Config['mail']>): SendMail {
  const { hostname } = new URL(smtpUrl)
  const milliseconds = secondsToAnswer * 1000
  const transport = createTransport({
    url: smtpUrl,
    requireTLS: !isLocalName(hostname),
    connectionTimeout: milliseconds,
    greetingTimeout: milliseconds,
    socketTimeout: milliseconds,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return async (mail) => {
    await transport.sendMail({
      ...mail,
      to: { name: '', address: mail.to },
      headers: { 'auto-submitted': 'auto-generated' },
    })
  }
}

/** The server will not take this mail, now or later: a permanent answer (RFC 5321, 4.2.1: 5yz), or no address at all. */
export function isRefused(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  // A refused sign-in is the fault of the settings, which somebody will mend.
  if (code === 'EAUTH') return false
  return code === 'EENVELOPE' ? (responseCode ?? 500) >= 500 : (responseCode ?? 0) >= 500
}
