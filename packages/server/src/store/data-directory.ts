import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createDirectory } from '../config/create-directory.ts'
import { StoreOpenError } from './open-error.ts'
import { isBusy } from './sqlite.ts'

const KEY_LENGTH = 32

/** A data directory this process holds alone. */
export interface DataDirectory {
  /** Path of the database file; it exists and only its owner can read it. */
  readonly databaseFile: string
  /** 32 bytes that encrypt secrets at rest. */
  readonly key: Uint8Array
  unlock(): void
}

/**
 * Creates what is missing (directory 0700, `sluice.db` and `sluice.key` 0600) and locks the directory against a second
 * server. Throws `StoreOpenError` (`locked`, `key-missing`, `key-wrong`).
 */
export function openDataDirectory(path: string): DataDirectory {
  createDirectory(path)
  const unlock = lock(path)
  try {
    const databaseFile = join(path, 'sluice.db')
    const key = readOrCreateKey(join(path, 'sluice.key'), databaseFile)
    // SQLite gives its own files the permissions of this one.
    closeSync(openSync(databaseFile, 'a', 0o600))
    return { databaseFile, key, unlock }
  } catch (error) {
    unlock()
    throw error
  }
}

function readOrCreateKey(keyFile: string, databaseFile: string): Uint8Array {
  if (existsSync(keyFile)) {
    const key = readFileSync(keyFile)
    if (key.length === KEY_LENGTH) return key
    throw new StoreOpenError(
      'key-wrong',
      `Expected ${KEY_LENGTH} bytes in ${keyFile}, found ${key.length}. Restore this file from the backup of the data directory.`,
    )
  }
  if (existsSync(databaseFile)) {
    throw new StoreOpenError(
      'key-missing',
      `Expected the key file ${keyFile} beside the database ${databaseFile}, found none. ` +
        'Restore it from the backup of the data directory: without it the secrets in the database cannot be read.',
    )
  }
  const key = randomBytes(KEY_LENGTH)
  const file = openSync(keyFile, 'wx', 0o600)
  writeSync(file, key)
  fsyncSync(file)
  closeSync(file)
  return key
}

/**
 * Holds a write transaction on a database of its own. The operating system ends it with the process, however that dies,
 * so there is no stale lock to guess about; and others can still read in it who the holder is.
 */
function lock(path: string): () => void {
  const file = join(path, 'sluice.lock')
  closeSync(openSync(file, 'a', 0o600))
  const database = new DatabaseSync(file, { timeout: 100 })
  try {
    database.exec('begin immediate; create table if not exists holder (pid integer not null)')
    database.exec(`delete from holder; insert into holder values (${process.pid}); commit; begin immediate`)
    return () => database.close()
  } catch (error) {
    const pid = isBusy(error) ? readHolder(database) : undefined
    database.close()
    if (pid === undefined) throw error
    throw new StoreOpenError(
      'locked',
      `Expected the data directory ${path} to be free, found it in use by the process with pid ${pid}. ` +
        'Stop that server, or start this one with another data directory.',
      { cause: error },
    )
  }
}

function readHolder(database: DatabaseSync): string {
  try {
    return String(database.prepare('select pid from holder').get()?.pid ?? 'unknown')
  } catch {
    return 'unknown'
  }
}
