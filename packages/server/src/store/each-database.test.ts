import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Client, OpaqueToken } from '@sluice/oauth'
import { openStore, type StoreOptions } from './open.ts'
import type { Deployment, DeployTask, IntegrationPackage, MessageLog, NewArtifact, Store } from './store.ts'

/** Runs a test on an empty store of every kind of database. */
export function storeTest(name: string, body: (store: Store) => Promise<void>): void {
  for (const database of [onSqlite]) test(`${name} (${database.name})`, () => database(body))
}

async function onSqlite(body: (store: Store) => Promise<void>): Promise<void> {
  await inDirectory(async path => {
    const store = await openStore({ dataDirectory: path, timers: stoppedTimers })
    try {
      await body(store)
    } finally {
      await store.close()
    }
  })
}

/** A temporary directory that is gone afterwards. */
export async function inDirectory(body: (path: string) => Promise<void>): Promise<void> {
  const path = mkdtempSync(join(tmpdir(), 'sluice-store-'))
  try {
    await body(path)
  } finally {
    rmSync(path, { recursive: true })
  }
}

/** Nothing happens by the passing of time. */
export const stoppedTimers: NonNullable<StoreOptions['timers']> = { now: () => 0, after: () => () => {} }

export function client(id: string, more: Partial<Client> = {}): Client {
  return {
    kind: 'application',
    id,
    name: `Name of ${id}`,
    description: '',
    subscription: 'deviflmap',
    grant: 'client_credentials',
    confidential: true,
    scopes: [],
    tokenLifetimeSeconds: 60,
    refreshTokenLifetimeSeconds: 600,
    redirectUri: undefined,
    skipConsent: false,
    translations: {},
    createdAt: 1_700_000_000_000,
    ...more,
  }
}

/** `seed` makes the key. */
export function token(seed: number, clientId: string, more: Partial<OpaqueToken> = {}): OpaqueToken {
  const key = new Uint8Array(32)
  new DataView(key.buffer).setUint32(28, seed)
  return { key, clientId, user: undefined, scopes: [], issuedAt: 1_700_000_000_000, ...more }
}

export function integrationPackage(id: string, more: Partial<IntegrationPackage> = {}): IntegrationPackage {
  return {
    id,
    name: `Name of ${id}`,
    resourceId: '',
    shortText: '',
    description: '',
    version: '1.0.0',
    vendor: '',
    partnerContent: false,
    supportedPlatform: '',
    products: '',
    keywords: '',
    countries: '',
    industries: '',
    lineOfBusiness: '',
    createdBy: 'ada',
    createdAt: 1_700_000_000_000,
    modifiedBy: 'ada',
    modifiedAt: 1_700_000_000_000,
    ...more,
  }
}

export function artifact(id: string, more: Partial<NewArtifact> = {}): NewArtifact {
  return {
    id,
    packageId: 'sales',
    type: 'IntegrationFlow',
    name: `Name of ${id}`,
    version: '1.0.0',
    description: '',
    sender: '',
    receiver: '',
    createdBy: 'ada',
    createdAt: 1,
    modifiedBy: 'bob',
    modifiedAt: 2,
    ...more,
  }
}

export function deployment(id: string, deployedAt: number): Deployment {
  return {
    id,
    name: `Name of ${id}`,
    type: 'IntegrationFlow',
    version: '1.0.0',
    status: 'STARTING',
    deployedBy: 'ada',
    deployedAt,
    error: undefined,
  }
}

export function task(taskId: string, artifactId: string, createdAt: number): DeployTask {
  return { taskId, artifactId, status: 'DEPLOYING', createdAt }
}

export function messageLog(messageGuid: string, more: Partial<MessageLog> = {}): MessageLog {
  return {
    messageGuid,
    correlationId: messageGuid,
    artifactId: 'orders',
    artifactName: 'Orders',
    packageId: 'sales',
    status: 'COMPLETED',
    customStatus: undefined,
    logStart: Math.min(1_700_000_000_000, more.logEnd ?? Number.POSITIVE_INFINITY),
    logEnd: 1_700_000_000_100,
    sender: undefined,
    receiver: undefined,
    applicationMessageId: undefined,
    applicationMessageType: undefined,
    error: undefined,
    errorStepId: undefined,
    logLevel: 'INFO',
    ...more,
  }
}
