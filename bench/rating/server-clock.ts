import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const ticksPerSecond = 100

/**
 * Processor time of all processes of the server so far, in seconds to a hundredth, by Linux' /proc: what other programs do on
 * the machine lengthens the time on the clock, but hardly this. Throws on other systems.
 */
export function readServerSeconds(dataDir: string): number {
  const server = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0]!
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return processes.reduce((sum, id) => sum + ticksOf(id, server), 0) / ticksPerSecond
}

/** 0 for processes that are not the server's; its own count includes its children that have ended. */
function ticksOf(id: string, server: string): number {
  const stat = readStat(id)
  // Fields as of proc(5), counted from the state, which follows the name: parent, ..., utime, stime, cutime, cstime.
  const [parent, user, system, children, childrenSystem] = [1, 11, 12, 13, 14].map((field) => stat[field])
  if (id === server) return Number(user) + Number(system) + Number(children) + Number(childrenSystem)
  return parent === server ? Number(user) + Number(system) : 0
}

/** Empty for a process that has ended meanwhile. */
function readStat(id: string): string[] {
  try {
    const text = readFileSync(`/proc/${id}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return []
    throw error
  }
}
