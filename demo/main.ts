/**
 * npm run demo [-- --fresh] [--teachers N] [--seed TEXT] [--port P] [--once]
 *
 * The demonstration university: generated people and evidence, rated by the regulation of KazUTB and shown in the browser.
 */
import { readConfig } from '../core/config.ts'
import { runDemo } from './start/demo.ts'
import { environmentOf, readOptions } from './start/options.ts'
import { say, sayFailure } from './start/say.ts'

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    interruption.abort()
  })
}

// Nobody reads on (`| head`): there is nothing more to say, and nobody to stop it otherwise.
process.stdout.on('error', () => {
  interruption.abort()
})

try {
  const options = readOptions(process.argv.slice(2))
  if (options.help) say('usage')
  else await runDemo(readConfig(environmentOf(process.env, options)), options, interruption.signal)
} catch (error) {
  if (interruption.signal.aborted) say('stopping')
  else sayFailure(error)
  process.exitCode = interruption.signal.aborted ? 130 : 1
}
