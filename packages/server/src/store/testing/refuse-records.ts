import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/**
 * Has the database refuse records of the audit log, or take them again. What a server changes meanwhile is as `kill -9` between the
 * change and its record leaves it.
 */
export function refuseRecords(dataDirectory: string, isRefused: boolean): void {
  const database = new DatabaseSync(join(dataDirectory, 'sluice.db'))
  const refuse = "begin select raise(abort, 'Expected no record'); end"
  database.exec(isRefused ? `create trigger refuses before insert on audit_log ${refuse}` : 'drop trigger refuses')
  database.close()
}
