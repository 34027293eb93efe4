import type { LogFiles } from '../../http/log-files.ts'
import type { RoleGuardOptions } from '../../http/role-guard.ts'

export interface MonitoringApiOptions extends RoleGuardOptions {
  readonly logFiles: Pick<LogFiles, 'list' | 'readPart'>
}
