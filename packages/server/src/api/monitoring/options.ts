import type { IncomingMessage } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { Access, Principal } from '../../http/access.ts'
import type { RequestNotes } from '../../http/access-log.ts'
import type { LogFiles } from '../../http/log-files.ts'
import { Problem } from '../../http/problem.ts'
import type { Guard } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'

export interface MonitoringApiOptions {
  readonly access: Access
  readonly catalogue: RolesCatalogue
  readonly logFiles: Pick<LogFiles, 'list' | 'readPart'>
  /** Tells the access log about a request. */
  readonly note: (request: IncomingMessage, notes: RequestNotes) => void
}

const security = [{ user: [] }, { session: [] }, { applicationToken: [] }]

/** A guard for callers with all of some roles of the API application. */
export function roleGuard(options: MonitoringApiOptions, roles: readonly string[]): Guard {
  return {
    onRequest: async request => {
      await admit(request, options, roles)
    },
    config: { security },
  }
}

/** Lets a caller pass who has all of the roles, or throws its `Problem` (401, 403). */
async function admit(
  { raw }: FastifyRequest,
  { access, catalogue, note }: MonitoringApiOptions,
  roles: readonly string[],
): Promise<Principal> {
  const principal = await access.authenticate(raw, catalogue.api)
  note(raw, { user: principal.user })
  for (const role of roles) {
    if (await access.hasRole(principal, catalogue.api, role)) continue
    const detail = `Expected role ${role} of the API application, found that it is missing.`
    throw new Problem(403, 'forbidden', detail, { reason: `${principal.user} lacks ${role} of ${catalogue.api}` })
  }
  return principal
}
