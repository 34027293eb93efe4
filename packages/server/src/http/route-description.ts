import type { FastifyRequest, RouteOptions } from 'fastify'
import type { PlatformScope } from './access.ts'
import type { AuditedRoute } from './audited-routes.ts'

/** Names of security schemes (`api/openapi/security-schemes.ts`), all of them needed, each with the scopes it takes. */
type SecurityRequirement = Readonly<Record<string, readonly string[]>>

declare module 'fastify' {
  interface FastifySchema {
    readonly tags?: readonly string[]
    /** A few words, as an imperative. */
    readonly summary?: string
    /** Leaves the route out of `/openapi.json`. */
    readonly hide?: boolean
  }
  interface FastifyContextConfig {
    /** Whom the route lets in: one requirement is enough. Without any it is public. */
    readonly security?: readonly SecurityRequirement[]
  }
}

/** Route options: who is let in, as a hook and as a description. */
export interface Guard {
  /** Lets a caller pass or throws its `Problem`, before a body is read. */
  readonly onRequest: (request: FastifyRequest) => Promise<void>
  readonly config: { readonly security: readonly SecurityRequirement[]; readonly audit?: AuditedRoute | false }
}

/** A guard for callers with one of the platform scopes, and for administrators. `admit` is given the scopes. */
export function platformGuard(
  admit: (request: FastifyRequest, scopes: readonly PlatformScope[]) => Promise<void>,
  ...scopes: PlatformScope[]
): Guard {
  return {
    onRequest: request => admit(request, scopes),
    config: {
      security: [{ user: [] }, { session: [] }, ...scopes.map(scope => ({ platformToken: [`hcp.${scope}`] }))],
    },
  }
}

/** The guard of a route that changes something, with what it tells the audit log. */
export function audited(guard: Guard, audit: AuditedRoute | false): Guard {
  return { ...guard, config: { ...guard.config, audit } }
}

/** An `onRoute` hook: leaves the routes of its plugin out of `/openapi.json`. */
export function hideRoute(route: RouteOptions): void {
  route.schema = { ...route.schema, hide: true }
}

/** The schema of an answer without a body. */
export const noBody = { type: 'null' } as const
