import type { Clock } from '@sluice/oauth'
import type { FastifyRequest } from 'fastify'
import type { Access, PlatformScope } from '../../http/access.ts'
import { type Guard, platformGuard } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import { requireSubaccount } from './names.ts'
import { rateLimit } from './rate-limit.ts'

/** Who may do what. */
export interface Guards {
  readonly read: Guard
  /** Assigning users, groups and roles to each other; creating and deleting groups. */
  readonly assign: Guard
  /** Creating and deleting custom roles. */
  readonly defineRoles: Guard
}

/** Callers with a platform token are limited to `callsPerMinute`; administrators who sign in with Basic are not. */
export function createGuards(access: Access, catalogue: RolesCatalogue, callsPerMinute: number, clock: Clock): Guards {
  const limit = rateLimit(callsPerMinute, clock)
  const admit = async (request: FastifyRequest, scopes: readonly PlatformScope[]) => {
    const principal = await access.requirePlatformScope(request.raw, ...scopes)
    if (principal.method === 'bearer') await limit()
    requireSubaccount(catalogue, (request.params as { subaccount: string }).subaccount)
  }
  return {
    read: platformGuard(admit, 'readAuthorizationSettings', 'readApplicationRoles'),
    assign: platformGuard(admit, 'manageAuthorizationSettings'),
    defineRoles: platformGuard(admit, 'manageAuthorizationSettings', 'manageApplicationRoles'),
  }
}
