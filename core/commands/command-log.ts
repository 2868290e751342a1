import type { Log } from '../log.ts'
import type { Config } from '../config.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
interface Output {
  write(text: string): unknown
}

/** Lines with their time and level on standard error, so that standard output holds only what a command answers. */
export function createLog(level: Config['logLevel'], output: Output = process.stderr): Log {
  const write = (own: (typeof levels)[number]) => (message: string) => {
    if (levels.indexOf(own) < levels.indexOf(level)) return
    output.write(`${new Date().toISOString()} ${own} ${message}\n`)
  }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}
