import {
  type Credential,
  type Credentials,
  Failure,
  type LookUpValue,
  type StoredChange,
  valueTable,
} from '@sluice/iflow'
import { readSubject } from '../../keystore/read-subject.ts'
import type { Store } from '../../store/store.ts'
import type { RawGiven } from './case-schema.ts'
import { readContent } from './content.ts'
import { WrongCase } from './wrong-case.ts'

const dayMs = 86_400_000
const by = (now: number) => ({ createdBy: 'test', createdAt: now, modifiedBy: 'test', modifiedAt: now })

/** Whose tenant it is. */
export interface TenantOf {
  readonly folder: string
  /** Whose local variables, data stores and processed messages. */
  readonly flowId: string
  readonly now: number
  /** The ID of a step by its name or ID. */
  stepId(step: string): string
}

/** Puts what a case gives into an empty store. Throws `MissingContent`, and `WrongCase` for a subject that is none. */
export async function fillStore(store: Store, given: RawGiven, tenant: TenantOf): Promise<void> {
  const { folder, flowId, now } = tenant
  const changes: StoredChange[] = []
  for (const [scope, owner] of [
    ['global', ''],
    ['local', flowId],
  ] as const) {
    for (const [name, raw] of Object.entries(given.variables?.[scope] ?? {})) {
      const value = textOf(await readContent(raw, folder))
      const times = { writtenAt: now, expiresAt: now + 400 * dayMs }
      changes.push({ kind: 'write-variable', flowId: owner, name, value, ...times, encrypted: false })
    }
    for (const [name, entries] of Object.entries(given.dataStores?.[scope] ?? {})) {
      for (const [id, raw] of Object.entries(entries)) {
        const body = Buffer.from(textOf(await readContent(raw, folder)))
        const entry = { id, body, headers: {}, messageGuid: '', createdAt: now, expiresAt: now + 30 * dayMs }
        const overdueAt = now + 2 * dayMs
        changes.push({
          kind: 'put-entry',
          flowId: owner,
          store: name,
          entry,
          overdueAt,
          encrypted: false,
          overwrites: true,
        })
      }
    }
  }
  if (changes.length > 0) await store.dataStores.apply(changes)
  await fillNumberRanges(store, given)
  await fillPartners(store, given, folder, now)
  await fillKeystore(store, given, now)
  for (const [step, ids] of Object.entries(given.processedMessages ?? {})) {
    for (const messageId of ids) {
      const key = { flowId, stepId: tenant.stepId(step), messageId }
      await store.processedMessages.add(key, now, now + 90 * dayMs)
    }
  }
}

/** Valid for a year before and after, by the clock of the machine: programs look at that one, too. */
async function fillKeystore({ keystore }: Store, { keystore: entries = {} }: RawGiven, now: number): Promise<void> {
  if (Object.keys(entries).length === 0) return
  const { generateSelfSigned } = await import('../../keystore/self-signed.ts')
  for (const [alias, raw] of Object.entries(entries)) {
    const text = typeof raw === 'string' ? raw : raw.certificate
    const read = readSubject(text)
    if ('wrong' in read) {
      const message = `Expected a subject such as CN=flows,O=Example, found "${read.wrong}"`
      throw new WrongCase(message, ['given', 'keystore', alias])
    }
    const { privateKey, certificates } = generateSelfSigned({
      key: { type: 'RSA', bits: 2048 },
      hash: 'sha256',
      subject: read.subject,
      validFrom: Math.min(now, Date.now()) - 365 * dayMs,
      validTo: Math.max(now, Date.now()) + 365 * dayMs,
    })
    const kind = typeof raw === 'string' ? 'key-pair' : 'certificate'
    await keystore.create({ alias, kind, certificates, ...by(now) }, kind === 'key-pair' ? privateKey : undefined)
  }
}

async function fillNumberRanges(store: Store, { numberRanges = {} }: RawGiven): Promise<void> {
  for (const [name, raw] of Object.entries(numberRanges)) {
    const {
      next,
      min = 0,
      max = 999_999_999,
      length = 0,
      rotate = false,
    } = typeof raw === 'number' ? { next: raw } : raw
    await store.numberRanges.put({
      name,
      description: '',
      minValue: Math.min(min, next ?? min),
      maxValue: max,
      currentValue: next ?? min,
      fieldLength: length,
      rotate,
    })
  }
}

async function fillPartners({ partnerDirectory }: Store, given: RawGiven, folder: string, now: number): Promise<void> {
  const { stringParameters, binaryParameters, alternativePartners, users } = partnerDirectory
  for (const [partnerId, partner] of Object.entries(given.partners ?? {})) {
    for (const [id, value] of Object.entries(partner.parameters ?? {})) {
      await stringParameters.create({ partnerId, id, value, ...by(now) })
    }
    for (const [id, raw] of Object.entries(partner.binaryParameters ?? {})) {
      const { contentType = 'xml', ...content } = typeof raw === 'string' ? { text: raw } : raw
      const value = Buffer.from(bytesOf(await readContent(content, folder)))
      await binaryParameters.create({ partnerId, id, contentType, value, ...by(now) })
    }
    for (const [agency = '', scheme = '', id = ''] of partner.alternatives ?? []) {
      await alternativePartners.create({ agency, scheme, id, partnerId, ...by(now) })
    }
    for (const user of partner.users ?? []) await users.create({ user: user.toLowerCase(), partnerId, ...by(now) })
  }
}

/** Security material of a case: what it gives, and tokens that say whose they are. */
export function credentialsOf({ credentials = {} }: RawGiven): Credentials {
  const known = new Map(Object.entries(credentials).map(([name, raw]) => [name, credentialOf(raw)]))
  return {
    find: async name => known.get(name),
    accessToken: async name => {
      if (known.get(name)?.kind === 'oauth2-client') return `token of ${name}`
      throw new Failure(`Expected OAuth2 client credentials "${name}", found none: add them to the case.`, {
        code: 'credential',
      })
    },
  }
}

function credentialOf(raw: NonNullable<RawGiven['credentials']>[string]): Credential {
  if (raw.value !== undefined) return { kind: 'secure-parameter', value: raw.value }
  if (raw.clientId === undefined) return { kind: 'user', user: raw.user ?? '', password: raw.password ?? '' }
  return {
    kind: 'oauth2-client',
    tokenServiceUrl: raw.tokenServiceUrl ?? '',
    clientId: raw.clientId,
    clientSecret: raw.clientSecret ?? '',
    clientAuthentication: 'body',
    contentType: 'form',
    scope: '',
    resource: '',
    audience: '',
    parameters: [],
  }
}

/** Value mappings of a case, in front of those of the artifacts. */
export function valueMappingsOf({ valueMappings = [] }: RawGiven, deployed: LookUpOfArtifacts): LookUpOfArtifacts {
  const groups = valueMappings.map(([a = '', b = '', c = '', d = '', e = '', f = '']) => [
    { agency: a, identifier: b, value: c, isDefault: false },
    { agency: d, identifier: e, value: f, isDefault: false },
  ])
  const lookUp: LookUpValue = valueTable(groups)
  return { lookup: async (...names) => lookUp(...names) ?? deployed.lookup(...names) }
}

interface LookUpOfArtifacts {
  lookup(...names: Parameters<LookUpValue>): Promise<string | undefined>
}

function textOf(content: string | Uint8Array | null): string {
  return typeof content === 'string' ? content : Buffer.from(content ?? []).toString('utf8')
}

function bytesOf(content: string | Uint8Array | null): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : (content ?? new Uint8Array())
}
