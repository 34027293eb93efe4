import type { FastifyRequest } from 'fastify'
import type { PlatformScope } from '../../http/access.ts'
import { type LimitedAccessOptions, limitedAccess } from '../../http/call-limit.ts'
import { type Guard, platformGuard } from '../../http/route-description.ts'
import type { RolesCatalogue } from '../../identity/roles-catalogue.ts'
import { requireSubaccount } from './names.ts'

/** Who may do what. */
export interface Guards {
  readonly read: Guard
  /** Assigning users, groups and roles to each other; creating and deleting groups. */
  readonly assign: Guard
  /** Creating and deleting custom roles. */
  readonly defineRoles: Guard
}

export function createGuards(options: LimitedAccessOptions & { readonly catalogue: RolesCatalogue }): Guards {
  const enter = limitedAccess(options)
  const admit = async (request: FastifyRequest, scopes: readonly PlatformScope[]) => {
    await enter(request, scopes)
    requireSubaccount(options.catalogue, (request.params as { subaccount: string }).subaccount)
  }
  return {
    read: platformGuard(admit, 'readAuthorizationSettings', 'readApplicationRoles'),
    assign: platformGuard(admit, 'manageAuthorizationSettings'),
    defineRoles: platformGuard(admit, 'manageAuthorizationSettings', 'manageApplicationRoles'),
  }
}
