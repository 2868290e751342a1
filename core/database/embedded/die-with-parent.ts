import { spawnSync } from 'node:child_process'

let words: string[] | null = null

/**
 * Words to put before a command so that it is interrupted, and ends cleanly, even when this process is killed outright. None
 * where the machine cannot do it (busybox); then the next start stops what was left.
 */
export function dieWithParent(): readonly string[] {
  const command = ['--pdeathsig', 'INT']
  words ??= spawnSync('setpriv', [...command, 'true']).status === 0 ? ['setpriv', ...command] : []
  return words
}
