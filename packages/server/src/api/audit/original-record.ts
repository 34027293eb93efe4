import { oauthClientUser } from '@sluice/oauth'
import { auditObjects } from '../../store/audit-catalogue.ts'
import type { AuditAction, AuditObject, AuditRecord } from '../../store/store.ts'

/** Chosen: all records have it. */
export const auditedApplication = 'sluice'

/** What the original writes of an event (Auditing and Logging Information for OAuth 2.0 Service, 17d6fd1). */
interface OriginalEvent {
  readonly action: 'create' | 'update' | 'delete'
  readonly key: string
}

/** The events that the original has, by object and action. */
const originalKeys: Partial<Record<`${AuditObject} ${AuditAction}`, OriginalEvent>> = {
  'access-token issue': { action: 'create', key: 'Creating access token' },
  'jwt-access-token issue': { action: 'create', key: 'Creating access token' },
  'access-token revoke': { action: 'delete', key: 'Deleting cloud access token' },
  'refresh-token issue': { action: 'create', key: 'Creating refresh token' },
  'authorization-code issue': { action: 'create', key: 'Creating authorization code' },
  'authorization-code redeem': { action: 'delete', key: 'Deleting authorization code' },
  'client create': { action: 'create', key: 'Creating application client' },
  'client update': { action: 'update', key: 'Updating application client' },
  'client delete': { action: 'delete', key: 'Deleting application client' },
}

/** A record with the fields of the original's retrieval API. */
export function originalRecord(record: AuditRecord, account: string) {
  const { key, time, object, user, clientId } = record
  const category = auditObjects.get(object) ?? 'audit.security-events'
  return {
    Uuid: `${key.toString(16)}-${time.toString(16)}`,
    Category: category,
    User: user ?? (clientId === undefined ? '' : oauthClientUser(clientId)),
    Tenant: account,
    Account: account,
    Application: auditedApplication,
    // 2018-03-21T09.00.40.572+0000
    Time: `${new Date(time).toISOString().slice(0, -1).replaceAll(':', '.')}+0000`,
    Message: `${openings[category]} ${JSON.stringify(messageOf(record, account))}`,
    InstanceId: null,
    FormatVersion: '2.2',
  }
}

const openings = {
  'audit.security-events': 'Security event message.',
  'audit.configuration': 'Configuration change message.',
  'audit.data-modification': 'Data modification message.',
} as const

function messageOf({ object, action, id, clientId, method, ...more }: AuditRecord, tenantId: string) {
  const original = more.reason === undefined ? originalKeys[`${object} ${action}`] : undefined
  const ids = id?.replaceAll('\n', ', ')
  const { address, reason, changes, count } = more
  return {
    action: original?.action ?? action,
    key: `${original?.key ?? `${object} ${action}`}${ids === undefined ? '' : `: ${ids}`}`,
    tenantId,
    ...{ client: clientId, method, address, outcome: reason === undefined ? 'success' : 'failure' },
    ...{ reason, changes, count },
  }
}
