import { readdirSync, readFileSync } from 'node:fs'

/** Processor time so far, in microseconds. */
export interface ProcessorTime {
  /** This process: ingest or the subscriber, and the embedded broker. */
  own: number
  /** To a hundredth of a second, like the next one. */
  postgresql: number
  /** 0: there is none. */
  mosquitto: number
}

const microsecondsPerTick = 10_000

/** By Linux' /proc. `serverSeconds`: of the database's server. */
export function readProcessorTime(serverSeconds: () => number): ProcessorTime {
  const { user, system } = process.cpuUsage()
  return {
    own: user + system,
    postgresql: serverSeconds() * 1e6,
    mosquitto: mosquittoTicks() * microsecondsPerTick,
  }
}

/** What each took for one of so many messages: a line to print. */
export function describePerMessage(
  from: ProcessorTime,
  to: ProcessorTime,
  of: { publisher: number; messages: number },
) {
  const parts = {
    publisher: of.publisher,
    mosquitto: to.mosquitto - from.mosquitto,
    own: to.own - from.own,
    postgresql: to.postgresql - from.postgresql,
  }
  const figures = Object.entries(parts).map(([name, time]) => `${name} ${(time / of.messages).toFixed(1)}`)
  return `microseconds of processor time a message: ${figures.join(', ')}`
}

/** Of the Mosquitto that this process started: utime and stime of proc(5), which follow the name in brackets. */
function mosquittoTicks(): number {
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const text = readStat(id)
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    if (!text.includes('(mosquitto)') || fields[1] !== String(process.pid)) continue
    return Number(fields[11]) + Number(fields[12])
  }
  return 0
}

/** Empty for a process that has ended meanwhile. */
function readStat(id: string): string {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ESRCH') return ''
    throw error
  }
}
