#!/usr/bin/env node
// Runs a TypeScript file with a Node that can: `node bin/node.js script.ts arguments...`. Plain JavaScript, for any Node >= 20.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The first Node that runs TypeScript without a flag. */
const needed = [22, 18]

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const args = process.argv.slice(2)
if (args.length === 0) fail('Usage: node bin/node.js script.ts arguments...')
run(findNode())

/** This one if it is new enough, else the one that npm installed as an optional dependency. */
function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > needed[0] || (major === needed[0] && minor >= needed[1])) return process.execPath
  const installed = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`)
  if (existsSync(installed)) return installed
  return fail(
    `Ustaz needs Node ${needed.join('.')} or newer; this is ${process.version}. On Linux with glibc (x64, arm64) \`npm ci\` ` +
      'brings one along, unless optional packages are left out (--omit=optional). Run `npm ci`, or install Node 24.',
  )
}

/** The child finds the same Node first in its PATH, so programs it starts by the name `node` run with it too. */
function run(node) {
  const path = [dirname(node), process.env.PATH].filter(Boolean).join(delimiter)
  const child = spawn(node, args, { stdio: 'inherit', env: { ...process.env, PATH: path } })
  child.on('error', (error) => fail(`${node} does not start: ${error.message}`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => forward(child, signal))
}

/** Ctrl-C reaches the child by itself: the terminal signals every process of the group. */
function forward(child, signal) {
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  child.kill(signal)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
