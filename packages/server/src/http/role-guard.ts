import type { FastifyRequest } from 'fastify'
import type { RolesCatalogue } from '../identity/roles-catalogue.ts'
import type { Access, Principal } from './access.ts'
import { Problem } from './problem.ts'
import type { Guard } from './route-description.ts'

/** What a guard asks about its callers. */
export interface RoleGuardOptions {
  readonly access: Pick<Access, 'authenticate' | 'hasRole'>
  readonly catalogue: Pick<RolesCatalogue, 'api'>
}

const security = [{ user: [] }, { session: [] }, { applicationToken: [] }]

const callers = new WeakMap<FastifyRequest, Principal>()

/** A guard for callers with all of some roles of the API application; others get a `Problem` (401, 403). */
export function roleGuard(options: RoleGuardOptions, roles: readonly string[]): Guard {
  return {
    onRequest: async request => {
      callers.set(request, await admit(request, options, roles))
    },
    config: { security },
  }
}

/** Who passed the guard of a request's route. */
export function callerOf(request: FastifyRequest): Principal {
  const caller = callers.get(request)
  if (!caller) throw new Error('Expected the route to have a guard')
  return caller
}

async function admit(
  { raw }: FastifyRequest,
  { access, catalogue }: RoleGuardOptions,
  roles: readonly string[],
): Promise<Principal> {
  const principal = await access.authenticate(raw, catalogue.api)
  for (const role of roles) {
    if (await access.hasRole(principal, catalogue.api, role)) continue
    const detail = `Expected role ${role} of the API application, found that it is missing.`
    throw new Problem(403, 'forbidden', detail, { reason: `${principal.user} lacks ${role} of ${catalogue.api}` })
  }
  return principal
}
