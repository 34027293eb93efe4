import { X509Certificate } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { changedFields, noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { audited, noBody } from '../../http/route-description.ts'
import { describeCertificate } from '../../keystore/certificate.ts'
import { DuplicateError, type IdentityProvider } from '../../store/store.ts'
import type { Guards, IdentityApiOptions } from './index.ts'
import { statedMetadata, statedProvider } from './provider-rules.ts'
import * as schemas from './provider-schemas.ts'

const tags = ['Identity providers']
/** Each assertion is compared with the keys of all of them. */
const providersMax = 50

type ByName = { Params: FromSchema<typeof schemas.providerPath> }

/** `/identity-providers`: who else vouches for users. Client secrets are taken and never answered. */
export function registerProviderRoutes(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  registerReading(api, options, guards)
  registerMetadata(api, options, guards)
  registerCreation(api, options, guards)
  registerChanges(api, options, guards)
}

function registerReading(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { store, localProvider } = options
  api.get(
    '/identity-providers',
    {
      ...guards.read,
      schema: { tags, summary: 'List trusted identity providers', response: { 200: schemas.providersReply } },
    },
    async () => ({
      identityProviders: (await store.identityProviders.list()).map(provider => describe(provider, options)),
      localProvider: localProvider(),
    }),
  )

  api.get<ByName>(
    '/identity-providers/:name',
    {
      ...guards.read,
      schema: {
        tags,
        summary: 'Show a trusted identity provider',
        params: schemas.providerPath,
        response: { 200: schemas.providerReply },
      },
    },
    async ({ params }) => describe(await requireProvider(store, params.name), options),
  )
}

function registerMetadata(api: FastifyInstance, { clock }: IdentityApiOptions, guards: Guards): void {
  api.post<{ Body: FromSchema<typeof schemas.metadataBody> }>(
    '/saml-metadata',
    {
      ...audited(guards.manage, false),
      schema: {
        tags,
        summary: 'Read what metadata say of a SAML identity provider, to register it',
        body: schemas.metadataBody,
        response: { 200: schemas.metadataReply },
      },
    },
    async ({ body }) => statedMetadata(body.metadata, clock.now()),
  )
}

function registerCreation(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { store, clock } = options
  const { identityProviders, groups } = store
  api.post<{ Body: FromSchema<typeof schemas.providerCreation> }>(
    '/identity-providers',
    {
      ...audited(guards.manage, { object: 'identity-provider', action: 'create', id: 'body.name' }),
      schema: {
        tags,
        summary: 'Trust an identity provider',
        body: schemas.providerCreation,
        response: { 201: schemas.providerReply },
      },
    },
    async ({ body: { name, enabled = true, ...body } }, reply) => {
      const now = clock.now()
      const origin = { name, createdAt: now, modifiedAt: now }
      const provider = statedProvider({ ...body, enabled }, origin, await groups.list())
      const { length } = await identityProviders.list()
      if (length >= providersMax) {
        const detail = `Expected fewer than ${providersMax} identity providers, found ${length}.`
        throw new Problem(409, 'too-many-identity-providers', detail)
      }
      try {
        await identityProviders.create(provider, body.oidc?.clientSecret)
      } catch (error) {
        if (!(error instanceof DuplicateError)) throw error
        const detail = `Expected an unused name, found "${name}" among the identity providers already (names that differ only in case count as one).`
        throw new Problem(409, 'identity-provider-exists', detail, { cause: error })
      }
      reply.header('location', `/api/identity/v1/identity-providers/${encodeURIComponent(name)}`)
      return reply.code(201).send(describe(provider, options))
    },
  )
}

function registerChanges(api: FastifyInstance, options: IdentityApiOptions, guards: Guards): void {
  const { store, clock } = options
  const { identityProviders, groups } = store
  api.put<ByName & { Body: FromSchema<typeof schemas.providerUpdate> }>(
    '/identity-providers/:name',
    {
      ...audited(guards.manage, { object: 'identity-provider', action: 'update', id: 'params.name' }),
      schema: {
        tags,
        summary: 'Replace what can be edited of an identity provider: all but its name and kind',
        params: schemas.providerPath,
        body: schemas.providerUpdate,
        response: { 200: schemas.providerReply },
      },
    },
    async request => {
      const { params, body } = request
      const old = await requireProvider(store, params.name)
      const { name, createdAt, trust } = old
      const provider = statedProvider(body, { name, createdAt, modifiedAt: clock.now() }, await groups.list())
      if (provider.trust.kind !== trust.kind) {
        const detail = `Expected "${trust.kind}", as the kind of an identity provider stays, found "${provider.trust.kind}".`
        throw new Problem(400, 'invalid-identity-provider', detail)
      }
      noteAudit(request, { changes: changesOf(old, provider, body.oidc?.clientSecret) })
      if (!(await identityProviders.update(provider, body.oidc?.clientSecret))) throw unknownProvider(name)
      return describe(provider, options)
    },
  )

  api.delete<ByName>(
    '/identity-providers/:name',
    {
      ...audited(guards.manage, { object: 'identity-provider', action: 'delete', id: 'params.name' }),
      schema: {
        tags,
        summary:
          'Trust an identity provider no more, which ends sessions, tokens and memberships in groups that came by its word',
        params: schemas.providerPath,
        response: { 204: noBody },
      },
    },
    async ({ params }, reply) => {
      if (!(await identityProviders.delete(params.name))) throw unknownProvider(params.name)
      return reply.code(204).send()
    },
  )
}

/** For the audit log. */
function changesOf(old: IdentityProvider, provider: IdentityProvider, secret: string | undefined): string[] {
  const flat = ({ trust, modifiedAt, ...rest }: IdentityProvider) => ({ ...rest, ...trust })
  return [...changedFields(flat(old), flat(provider)), ...(secret === undefined ? [] : ['clientSecret'])]
}

async function requireProvider({ identityProviders }: IdentityApiOptions['store'], name: string) {
  const provider = await identityProviders.find(name)
  if (provider) return provider
  throw unknownProvider(name)
}

function unknownProvider(name: string): Problem {
  return new Problem(404, 'unknown-identity-provider', `Expected the name of an identity provider, found "${name}".`)
}

function describe(
  { trust, createdAt, modifiedAt, ...provider }: IdentityProvider,
  { redirectUriOf }: IdentityApiOptions,
) {
  const { kind, ...settings } = trust
  return {
    ...provider,
    kind,
    [kind]: settings,
    ...(trust.kind === 'saml'
      ? { certificates: trust.certificates.map(describePem) }
      : { redirectUri: redirectUriOf(provider.name) }),
    createdAt: new Date(createdAt).toISOString(),
    modifiedAt: new Date(modifiedAt).toISOString(),
  }
}

function describePem(pem: string) {
  const { subject, validFrom, validTo, fingerprints } = describeCertificate(new X509Certificate(pem).raw)
  return {
    subject,
    validFrom: new Date(validFrom).toISOString(),
    validUntil: new Date(validTo).toISOString(),
    sha256: fingerprints.sha256,
  }
}
