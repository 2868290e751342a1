import { verifyChain } from '../audit/verify-chain.ts'
import type { Config } from '../config.ts'
import { createLog } from './command-log.ts'
import { openStanding } from './open-standing.ts'
import { say } from './speak.ts'

export interface VerifyAuditOptions {
  /** The first link to look at, 1..; those before are taken as they are. */
  from: number
  /** A hash that was kept outside; null: none is held against the log. */
  head: string | null
}

/** Holds the audit log against its chain of hashes. Answers the exit status: 0 all of it holds, 1 it does not. */
export async function verifyAudit(config: Config, { from, head }: VerifyAuditOptions): Promise<0 | 1> {
  const { db, stop } = await openStanding(config, createLog('error'))
  try {
    const found = await verifyChain(db, { from, head })
    const isUnknown = head !== null && found.headAt === null
    if (found.broken) say(`audit.${found.broken.kind}`, { ...found.broken })
    if (isUnknown) say('audit.head-unknown', { head })
    if (found.broken || isUnknown) return 1
    say('audit.holds', { links: found.links, from, pending: found.pending })
    if (found.head) say('audit.head', { ...found.head })
    if (found.headAt !== null) say('audit.head-known', { head, position: found.headAt })
    return 0
  } finally {
    await stop()
  }
}
