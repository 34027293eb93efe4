import type { AuditLog } from '../../audit/audit-log.ts'
import type { LimitedAccessOptions } from '../../http/call-limit.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import type { AuditRows } from '../../store/store.ts'

export interface AuditApiOptions extends LimitedAccessOptions {
  readonly audit: Pick<AuditLog, 'flush'>
  readonly rows: AuditRows
  readonly catalogue: RolesCatalogue
  readonly publicUrl: () => string
  readonly retentionDays: number
}
