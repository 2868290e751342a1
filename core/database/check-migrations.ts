import { UstazError } from '../contract/problem.ts'
import type { Migration } from './read-migrations.ts'

interface Applied {
  name: string
  sha256: string
}

const explanations = {
  'migration-missing':
    'ran in this database, but is not among the files: the database was made by a newer or another version of the program. Install that version, or use another database.',
  'migration-edited':
    'was changed after it ran in this database. Put the file back as it was, and say the change in a new file.',
  'migration-out-of-order':
    'is new, but its number is below that of a file that ran in this database. Give it the next free number.',
}

/**
 * Compares an owner's files with those that ran; both in the order of their numbers. Answers those still to run. Throws
 * `migration-missing`, `migration-edited` or `migration-out-of-order` for the first that does not fit.
 */
export function checkMigrations(
  owner: string,
  applied: readonly Applied[],
  files: readonly Migration[],
): Migration[] {
  for (const { name, sha256 } of applied) {
    const file = files.find((candidate) => candidate.name === name)
    if (!file) throw refused('migration-missing', owner, name)
    if (file.sha256 !== sha256) throw refused('migration-edited', owner, name)
  }
  const pending = files.filter(({ name }) => !applied.some((row) => row.name === name))
  const last = applied.at(-1)
  for (const { name } of pending) {
    if (last && name < last.name) throw refused('migration-out-of-order', owner, name)
  }
  return pending
}

function refused(code: keyof typeof explanations, owner: string, name: string): UstazError {
  return new UstazError(code, {
    status: 500,
    params: { owner, name },
    message: `Migration ${owner}/${name} ${explanations[code]}`,
  })
}
