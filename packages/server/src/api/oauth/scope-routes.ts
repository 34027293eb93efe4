import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { DuplicateError } from '../../store/store.ts'
import type { Guards, OAuthApiOptions } from './options.ts'
import * as schemas from './scope-schemas.ts'

const tags = ['OAuth scopes']
const path = '/applications/:application/scopes'

type OfApplication = { Params: FromSchema<typeof schemas.applicationPath> }
type OfScope = { Params: FromSchema<typeof schemas.scopePath>; Body: FromSchema<typeof schemas.scopeUpdate> }

/** The scopes that applications declare: what users let clients do in their name. Access of flows goes by roles, not by these. */
export function registerScopeRoutes(api: FastifyInstance, options: OAuthApiOptions, guards: Guards): void {
  const { scopes, catalogue } = options
  const known = (application: string): string => {
    if (catalogue.find(application)) return application
    throw new Problem(404, 'unknown-application', `Expected an application of the subaccount, found "${application}".`)
  }

  api.get<OfApplication>(
    path,
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'List the scopes of an application',
        params: schemas.applicationPath,
        response: { 200: schemas.scopesReply },
      },
    },
    async ({ params }) => ({ scopes: [...(await scopes.ofApplication(known(params.application)))] }),
  )

  api.post<OfApplication & { Body: FromSchema<typeof schemas.scope> }>(
    path,
    {
      ...audited(guards.manage, { object: 'scope', action: 'create', id: 'body.id' }),
      schema: {
        tags,
        summary: 'Declare a scope of an application',
        params: schemas.applicationPath,
        body: schemas.scope,
        response: { 201: schemas.scope },
      },
    },
    async ({ params, body }, reply) => {
      const scope = { ...body, translations: body.translations ?? {} }
      try {
        await scopes.create(known(params.application), scope)
      } catch (error) {
        if (error instanceof DuplicateError) throw duplicate(scope.id, error)
        throw error
      }
      return reply.code(201).send(scope)
    },
  )

  registerChanges(api, options, guards)
}

function registerChanges(api: FastifyInstance, { scopes }: OAuthApiOptions, guards: Guards): void {
  api.put<OfScope>(
    `${path}/:id`,
    {
      ...audited(guards.manage, { object: 'scope', action: 'update', id: 'params.id' }),
      schema: {
        tags,
        summary: 'Change the descriptions of a scope',
        params: schemas.scopePath,
        body: schemas.scopeUpdate,
        response: { 200: schemas.scope },
      },
    },
    async ({ params: { application, id }, body }) => {
      const scope = { ...body, id, translations: body.translations ?? {} }
      if (await scopes.update(application, scope)) return scope
      throw unknownScope(id)
    },
  )

  api.delete<OfScope>(
    `${path}/:id`,
    {
      ...audited(guards.manage, { object: 'scope', action: 'delete', id: 'params.id' }),
      schema: { tags, summary: 'Delete a scope', params: schemas.scopePath, response: { 204: noBody } },
    },
    async ({ params: { application, id } }, reply) => {
      if (!(await scopes.delete(application, id))) throw unknownScope(id)
      return reply.code(204).send()
    },
  )
}

function unknownScope(id: string): Problem {
  return new Problem(404, 'unknown-scope', `Expected the ID of a scope of the application, found "${id}".`)
}

function duplicate(id: string, cause: DuplicateError): Problem {
  return new Problem(409, 'scope-exists', `Expected an unused scope ID, found "${id}" declared already.`, { cause })
}
