import { spawn } from 'node:child_process'
import { dieWithParent } from './die-with-parent.ts'
import type { ServerAccount } from './server-account.ts'

export interface ProgramResult {
  /** null: ended by a signal. */
  status: number | null
  output: string
}

/**
 * Runs a program of the server to its end in the data folder. The folder is named `/proc/self/cwd` to it: so it needs
 * no right to walk the way there, which under /root or in a private home the unprivileged account does not have.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: { folder: string; account: ServerAccount | null; input?: string },
): Promise<ProgramResult> {
  const command = [...dieWithParent(), program, ...args, '-D', folderName]
  const child = spawn(command[0]!, command.slice(1), {
    cwd: options.folder,
    env: serverEnvironment,
    ...options.account,
  })
  let output = ''
  child.stdout.on('data', (text: Buffer) => (output += text.toString()))
  child.stderr.on('data', (text: Buffer) => (output += text.toString()))
  child.stdin.end(options.input ?? '')
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) => {
      resolve({ status, output })
    })
  })
}

/** The data folder as a program is told it that was started inside. */
export const folderName = '/proc/self/cwd'

/** Nothing of our own environment changes what the server does; C gives its messages in English. */
export const serverEnvironment = { LC_MESSAGES: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }
