import type { OAuthContext } from '@sluice/oauth'
import { AuditLog } from '../audit/audit-log.ts'
import { readSettings } from '../config/read-settings.ts'
import type { Authentication } from '../http/authentication.ts'
import type { Authorizer } from '../identity/authorizer.ts'
import { rolesCatalogue } from '../identity/roles-catalogue.ts'
import { openIdentity } from '../open-identity.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import type { TestClock } from './test-clock.ts'

/** Everything of a server that issues and checks tokens, put together as in a server. */
export interface TokenService {
  readonly store: Store
  readonly oauth: OAuthContext
  readonly authentication: Authentication
  readonly authorizer: Authorizer
  close(): Promise<void>
}

/** Of the user `admin`. */
export const administratorPassword = 'an administrator of tests'

/** Opens a data directory as a server of the subaccount `dev` would that asks nobody to slow down. */
export async function openTokenService(dataDirectory: string, clock: TestClock): Promise<TokenService> {
  const flags = { 'admin-password': administratorPassword, 'token-requests-per-minute': '100000000' }
  const settings = readSettings(flags, {})
  const store = await openStore({ dataDirectory })
  const audit = new AuditLog({ rows: store.auditLog, clock, log: { error: () => {} } })
  const { oauth, authentication, authorizer, close } = await openIdentity(
    { settings, clock, store, audit },
    rolesCatalogue(settings.subaccount),
    () => 'http://localhost:8080',
  )
  return {
    ...{ store, oauth, authentication, authorizer },
    async close() {
      close()
      await audit.close()
      await store.close()
    },
  }
}
