import { createAccountByCommand, linkAccountByCommand } from './commands/account.ts'
import { exportRun } from './commands/export-run.ts'
import { migrate } from './commands/migrate.ts'
import { readArguments } from './commands/read-arguments.ts'
import type { CommandLine } from './commands/read-arguments.ts'
import { checkRegulation } from './commands/check-regulation.ts'
import { replayRun } from './commands/replay-run.ts'
import { language, say, sayFailure } from './commands/speak.ts'
import { start } from './commands/start.ts'
import { verifyAudit } from './commands/verify-audit.ts'
import { readConfig } from './config.ts'
import { attributed } from './database/attribution.ts'

async function run(line: CommandLine): Promise<void> {
  if (line.command === 'help') {
    say('usage')
    return
  }
  if (line.command === 'regulation check') {
    process.exitCode = await checkRegulation({ file: line.file, language: line.language ?? language })
    return
  }
  const config = readConfig()
  if (line.command === 'start') await start(config, line)
  else if (line.command === 'account create') await createAccountByCommand(config, line)
  else if (line.command === 'account link') await linkAccountByCommand(config, line.email)
  else if (line.command === 'run export') await exportRun(config, line)
  else if (line.command === 'audit verify') process.exitCode = await verifyAudit(config, line)
  else if (line.command === 'run replay') process.exitCode = await replayRun(config, line)
  else await migrate(config)
}

try {
  const line = readArguments(process.argv.slice(2))
  await attributed({ actor: `command:${line.command}`, request: null }, async () => {
    await run(line)
  })
} catch (error) {
  sayFailure(error)
  process.exitCode = 2
}
