import type { Access } from '../../http/access.ts'
import type { LogFiles } from '../../http/log-files.ts'
import type { Metrics } from '../../http/metrics.ts'
import type { RoleGuardOptions } from '../../http/role-guard.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { Resender } from '../../runtime/resender.ts'
import type { Store } from '../../store/store.ts'

export interface MonitoringApiOptions extends RoleGuardOptions {
  readonly access: Access
  readonly catalogue: RolesCatalogue
  readonly clock: { now(): number }
  readonly store: Pick<
    Store,
    | 'accessPolicies'
    | 'artifacts'
    | 'clients'
    | 'deployments'
    | 'messageLogs'
    | 'packages'
    | 'persistedMessages'
    | 'traces'
    | 'usage'
  >
  readonly resender: Pick<Resender, 'entrancesOf' | 'resend'>
  readonly metrics: Pick<Metrics, 'tokenAnswers'>
  readonly logFiles: Pick<LogFiles, 'list' | 'readPart'>
}
