import { UstazError } from '../../contract/problem.ts'
import { inUse } from './folder-claim.ts'

/** What a failed system call or PostgreSQL's own words mean, and what to do about it. */
export function explainFailure(dataDir: string, words: string, cause?: unknown): UstazError {
  if (/No space left on device|ENOSPC|Disk quota exceeded|EDQUOT/.test(words)) return diskFull(dataDir, cause)
  if (/lock file .* already exists|pre-existing shared memory block/.test(words)) return inUse(dataDir, cause)
  if (/Permission denied|Read-only file system|EACCES|EPERM|EROFS|ENOTDIR|EEXIST/.test(words))
    return unwritable(dataDir, cause)
  return new UstazError('embedded-database-failed', {
    status: 500,
    params: { dataDir },
    message: `The embedded PostgreSQL did not start. It says:\n${words.trim()}\nIts log: ${dataDir}.log`,
    cause,
  })
}

function diskFull(dataDir: string, cause: unknown): UstazError {
  return new UstazError('embedded-database-disk-full', {
    status: 500,
    params: { dataDir },
    message:
      `The disk that holds ${dataDir} is full. Free some space there (an empty database takes about 50 MB), or set ` +
      'USTAZ_DATA_DIR to a folder on another disk, and start again: nothing has to be cleaned up by hand.',
    cause,
  })
}

function unwritable(dataDir: string, cause: unknown): UstazError {
  return new UstazError('embedded-database-unwritable', {
    status: 500,
    params: { dataDir },
    message: `The database cannot be kept in ${dataDir}: it is not a folder that this account may write. Set USTAZ_DATA_DIR to one that it may.`,
    cause,
  })
}

/** The folder was made under another account. */
export function foreignFolder(dataDir: string, uid: number): UstazError {
  return new UstazError('embedded-database-foreign', {
    status: 500,
    params: { dataDir, uid },
    message:
      `The database in ${dataDir} belongs to another account (uid ${uid}); probably it was first started as root. Start it ` +
      'as before, or set USTAZ_DATA_DIR to a folder of your own.',
  })
}

/** The folder was made by another major version, whose files cannot be read. */
export function otherVersion(dataDir: string, found: string, expected: number): UstazError {
  return new UstazError('embedded-database-version', {
    status: 500,
    params: { dataDir, found, expected },
    message:
      `The database in ${dataDir} was made by PostgreSQL ${found}, but PostgreSQL ${expected} is installed, which cannot ` +
      `read it. Either install the version of Ustaz that made it, take a backup there and restore it here, or set USTAZ_DATA_DIR to an empty folder to start afresh.`,
  })
}

/** There are files in the folder, but they are no database. */
export function notADatabase(dataDir: string): UstazError {
  return new UstazError('embedded-database-not-a-database', {
    status: 500,
    params: { dataDir },
    message: `${dataDir} holds files that are not a PostgreSQL database. Move them away, or set USTAZ_DATA_DIR to another folder.`,
  })
}
