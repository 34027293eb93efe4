import type { Access } from '../../http/access.ts'
import type { LogFiles } from '../../http/log-files.ts'
import type { Metrics } from '../../http/metrics.ts'
import type { RoleGuardOptions } from '../../http/role-guard.ts'
import type { Store } from '../../store/store.ts'

export interface MonitoringApiOptions extends RoleGuardOptions {
  readonly access: Access
  readonly clock: { now(): number }
  readonly store: Pick<Store, 'clients' | 'messageLogs' | 'usage'>
  readonly metrics: Pick<Metrics, 'tokenAnswers'>
  readonly logFiles: Pick<LogFiles, 'list' | 'readPart'>
}
