import { dataStoreLimits, type EntryKey, Failure, type HeaderValue, type RunScope, randomId } from '@sluice/iflow'
import { UpcallError, type Upcalls } from '../jvm/jvm-process.ts'

const dayMs = 86_400_000

/** Key pairs and certificates, by alias. A private key crosses only to a script that asks for it. */
export function keystoreServices({ ports: { keystore } }: RunScope): Upcalls {
  return {
    'keystore.aliases': () => keystore.aliases(),
    'keystore.certificates': async (alias: string) =>
      (await keystore.certificates(alias)) ?? refuse(`Expected an entry "${alias}" in the keystore, found none`),
    'keystore.keyPair': async (alias: string) => {
      const found = await keystore.keyPair(alias)
      return found
        ? [found.privateKey, found.certificates]
        : refuse(`Expected a key pair "${alias}" in the keystore, found none: import or generate one under this alias`)
    },
    'keystore.keyPairs': async () => {
      const found: string[] = []
      for (const alias of await keystore.aliases()) if (await keystore.keyPair(alias)) found.push(alias)
      return found
    },
  }
}

/** What is known about partners. Null stands for what is not. */
export function partnerServices({ ports: { partnerDirectory: partners } }: RunScope): Upcalls {
  return {
    'partner.stringParameter': (partnerId: string, id: string) => partners.stringParameter(partnerId, id),
    'partner.binaryParameter': async (partnerId: string, id: string) => {
      const found = await partners.binaryParameter(partnerId, id)
      return found && [found.value, found.contentType]
    },
    'partner.id': (agency: string, scheme: string, id: string) => partners.partnerId(agency, scheme, id),
    'partner.alternativeId': (agency: string, scheme: string, partnerId: string) =>
      partners.alternativePartnerId(agency, scheme, partnerId),
    'partner.users': (partnerId: string) => partners.authorizedUsers(partnerId),
    'partner.idOfUser': (user: string) => partners.partnerIdOfAuthorizedUser(user),
  }
}

/** A data store as scripts name it: no flow stands for the whole tenant. */
type StoreName = readonly [flowId: string | null, store: string]

/** Entries of data stores, with the limits of the steps for them. */
export function dataStoreServices(scope: RunScope): Upcalls {
  const { dataStores } = scope.ports
  return {
    'dataStore.get': async (...[flowId, store, id]: [...StoreName, id: string]) => {
      const found = await dataStores.find(keyOf(flowId, store, id))
      return found && [found.id, found.body, found.headers]
    },
    'dataStore.select': async (...[flowId, store, count]: [...StoreName, count: number]) => {
      const limits = { count: Math.max(0, count), bytesMax: dataStoreLimits.selectBytesMax }
      const found = await dataStores.select(keyOf(flowId, store, ''), limits)
      return [...found]
        .sort((left, right) => left.createdAt - right.createdAt)
        .map(({ id, body, headers }) => [id, body, headers])
    },
    'dataStore.put': async (
      flowId: string | null,
      store: string,
      givenId: string | null,
      data: Uint8Array,
      headers: ReadonlyMap<string, unknown>,
      overwrites: boolean,
      encrypted: boolean,
      alertDays: number,
      expirationDays: number,
    ) => {
      const key = keyOf(flowId, store, givenId || randomId(scope))
      if (data.length > dataStoreLimits.bodyBytesMax)
        refuse(`Expected at most ${dataStoreLimits.bodyBytesMax} bytes for a data store, found ${data.length}`)
      if (!(expirationDays >= 1 && expirationDays <= 180))
        refuse(`Expected an expiration period of 1 to 180 days, found ${expirationDays}`)
      const createdAt = scope.ports.clock.now()
      const entry = {
        id: key.id,
        // The frame that it came in is used again.
        body: Uint8Array.from(data),
        headers: storedHeaders(headers),
        messageGuid: scope.messageGuid,
        createdAt,
        expiresAt: createdAt + expirationDays * dayMs,
      }
      const overdueAt = createdAt + Math.max(0, alertDays) * dayMs
      await changed(dataStores.apply([{ kind: 'put-entry', ...key, entry, overdueAt, encrypted, overwrites }]))
      return key.id
    },
    'dataStore.delete': async (...[flowId, store, id]: [...StoreName, id: string]) => {
      await changed(dataStores.apply([{ kind: 'delete-entry', ...keyOf(flowId, store, id) }]))
      return null
    },
  }
}

function keyOf(flowId: string | null, store: string | null, id: string | null): EntryKey {
  const { nameMax, idMax } = dataStoreLimits
  if (!store || store.length > nameMax || /\s/.test(store)) {
    const expected = `the name of a data store to have 1 to ${nameMax} characters and no white space`
    refuse(`Expected ${expected}, found "${String(store).slice(0, 50)}"`)
  }
  if (id === null || id.length > idMax) refuse(`Expected an entry ID of at most ${idMax} characters, found another`)
  return { flowId: flowId ?? '', store, id }
}

function storedHeaders(headers: ReadonlyMap<string, unknown>): Record<string, HeaderValue> {
  return Object.fromEntries(
    [...headers].map(([name, value]) => [
      name,
      typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? ''),
    ]),
  )
}

/** A duplicate, or a store that cannot be written, is for the script to catch. */
async function changed(change: Promise<void>): Promise<void> {
  try {
    await change
  } catch (error) {
    if (error instanceof Failure) refuse(error.message)
    throw error
  }
}

function refuse(message: string): never {
  throw new UpcallError(message)
}
