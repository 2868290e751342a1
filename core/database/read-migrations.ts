import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { UstazError } from '../contract/problem.ts'

export interface Migration {
  /** 0001-what.sql */
  name: string
  sql: string
  /** Of the text with \n as line end, whatever git wrote to this disk. */
  sha256: string
}

/** The numbered files of an owner's folder, in their order. Throws `migration-misnamed`, also where there is no folder. */
export async function readMigrations(owner: string, folder: URL): Promise<Migration[]> {
  const names = (await readFolder(owner, folder)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  for (const name of names) {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1]
    if (!number) throw misnamed(owner, name, `its name must look like 0001-what.sql`)
    if (numbers.has(number)) throw misnamed(owner, name, `there is another file with the number ${number}`)
    numbers.add(number)
  }
  return await Promise.all(names.map(async (name) => await readMigration(folder, name)))
}

async function readFolder(owner: string, folder: URL): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (cause) {
    throw misnamed(owner, fileURLToPath(folder), 'the folder cannot be read', cause)
  }
}

async function readMigration(folder: URL, name: string): Promise<Migration> {
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`)
  const sql = (await readFile(new URL(name, base), 'utf8')).replaceAll('\r\n', '\n')
  return { name, sql, sha256: createHash('sha256').update(sql).digest('hex') }
}

function misnamed(owner: string, name: string, reason: string, cause?: unknown): UstazError {
  return new UstazError('migration-misnamed', {
    status: 500,
    params: { owner, name, reason },
    message: `Migration ${owner}/${name} cannot be used: ${reason}.`,
    cause,
  })
}
