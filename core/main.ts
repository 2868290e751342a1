import { migrate } from './commands/migrate.ts'
import { readArguments } from './commands/read-arguments.ts'
import type { CommandLine } from './commands/read-arguments.ts'
import { say, sayFailure } from './commands/speak.ts'
import { start } from './commands/start.ts'
import { readConfig } from './config.ts'

async function run(line: CommandLine): Promise<void> {
  if (line.command === 'help') {
    say('usage')
    return
  }
  const config = readConfig()
  if (line.command === 'start') await start(config, line)
  else await migrate(config)
}

try {
  await run(readArguments(process.argv.slice(2)))
} catch (error) {
  sayFailure(error)
  process.exitCode = 1
}
