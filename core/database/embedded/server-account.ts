import { readFileSync, statSync } from 'node:fs'

/** The account that initdb and postgres run as. */
export interface ServerAccount {
  uid: number
  gid: number
}

/** Taken in this order; the last stands for machines whose /etc/passwd names neither. */
const preferredAccounts = ['postgres', 'nobody']
const overflowAccount: ServerAccount = { uid: 65534, gid: 65534 }

/**
 * PostgreSQL refuses to run as root, so root hands it to an unprivileged account: the one that owns the data already, else
 * `postgres`, `nobody` or 65534. null: an ordinary user runs it as themselves.
 */
export function chooseServerAccount(dataDir: string): ServerAccount | null {
  if (process.getuid?.() !== 0) return null
  return ownerOf(dataDir) ?? preferredAccount(readFileSync('/etc/passwd', 'utf8'))
}

/** Picks from the text of /etc/passwd. */
export function preferredAccount(passwd: string): ServerAccount {
  const accounts = passwd.split('\n').map((line) => line.split(':'))
  for (const name of preferredAccounts) {
    const [, , uid, gid] = accounts.find((fields) => fields[0] === name) ?? []
    if (Number(uid) > 0 && Number(gid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  return overflowAccount
}

function ownerOf(dataDir: string): ServerAccount | null {
  const stats = statSync(dataDir, { throwIfNoEntry: false })
  return stats && stats.uid !== 0 ? { uid: stats.uid, gid: stats.gid } : null
}
