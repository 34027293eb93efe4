import { initial } from './0001-initial.ts'
import { tokenKeys } from './0002-token-keys.ts'
import { credentials } from './0003-credentials.ts'
import { timerTicks } from './0004-timer-ticks.ts'
import type { Migration } from './migration.ts'

/** All migrations, oldest first. Append only. */
export const migrations: readonly Migration[] = [initial, tokenKeys, credentials, timerTicks]
