import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AcceptanceRun } from '../acceptance-run.ts'
import { artifactFiles, zip } from '../artifact-zip.ts'
import type { SdkApi, SdkEntity } from '../clients/cloud-sdk.ts'
import { withVersion } from './content.ts'

interface Failed {
  readonly cause?: Failed
  readonly response?: { readonly status: number; readonly data: unknown }
}

/** What a request of the SAP Cloud SDK is answered with, also when it throws. */
async function outcome(answer: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await answer
    return { status: 200, message: '' }
  } catch (error) {
    for (let cause = error as Failed | undefined; cause; cause = cause.cause) {
      if (cause.response) return { status: cause.response.status, message: JSON.stringify(cause.response.data) }
    }
    throw error
  }
}

/** Beside the thirty steps: everything that the npm clients can ask for, on a tenant that has something of it. */
export function breadthSteps(run: AcceptanceRun): void {
  test('the SAP Cloud SDK asks for all of every entity set', async () => {
    const { apis } = await run.sdk()
    const listed: string[] = []
    for (const [name, api] of apis) {
      const { status, message } = await outcome(api.requestBuilder().getAll().execute(run.destination))
      if (status === 200) listed.push(name)
      else
        assert.match(
          `${status} ${message}`,
          /^(400|404|405) .*(to be reached through|for this resource|in query option|Expected a filter)/,
          name,
        )
    }
    for (const name of [
      'IntegrationPackages',
      'IntegrationRuntimeArtifacts',
      'MessageProcessingLogs',
      'UserCredentials',
    ]) {
      assert.ok(listed.includes(name), name)
    }
    assert.ok(listed.length >= 20, listed.join())
  })

  const lifecycles: readonly Lifecycle[] = [
    {
      set: 'IntegrationPackages',
      entity: { id: 'AccSdk', name: 'SDK', shortText: 'SDK', version: '1.0.0' },
      change: { shortText: 'Changed' },
      key: ['AccSdk'],
    },
    {
      set: 'IntegrationDesigntimeArtifacts',
      prepare: ['IntegrationPackages', { id: 'AccSdkFlows', name: 'Flows', shortText: 'Flows' }],
      entity: { id: 'AccSkeleton', name: 'Skeleton', packageId: 'AccSdkFlows' },
      key: ['AccSkeleton', 'active'],
    },
    {
      set: 'UserCredentials',
      entity: { name: 'AccSdkUser', kind: 'default', user: 'ada', password: 'hidden' },
      change: { description: 'Changed' },
      key: ['AccSdkUser'],
      hidden: ['password'],
    },
    {
      set: 'NumberRanges',
      entity: {
        name: 'AccSdkRange',
        maxValue: '99',
        minValue: '1',
        rotate: 'true',
        currentValue: '5',
        fieldLength: '0',
      },
      change: { currentValue: '6' },
      key: ['AccSdkRange'],
    },
    {
      set: 'SecureParameters',
      entity: { name: 'AccSdkSecret', secureParam: 'hidden' },
      change: { description: 'Changed' },
      key: ['AccSdkSecret'],
      hidden: ['secureParam'],
    },
  ]

  for (const { set, prepare, entity, change, key, hidden = [] } of lifecycles) {
    test(`the SAP Cloud SDK creates, reads, changes and deletes: ${set}`, async () => {
      const sdk = await run.sdk()
      const { destination } = run
      const create = (api: SdkApi, properties: object) =>
        api
          .requestBuilder()
          .create(api.entityBuilder().fromJson({ ...properties }))
          .execute(destination)
      if (prepare) await create(sdk.api(prepare[0]), prepare[1])
      const api = sdk.api(set)
      const read = () =>
        api
          .requestBuilder()
          .getByKey(...key)
          .execute(destination)
      assertHolds(await create(api, entity), entity, hidden)
      const found = await read()
      for (const [name, value] of Object.entries(change ?? {})) Reflect.set(found, name, value)
      if (change) await api.requestBuilder().update(found).executeRaw(destination)
      assertHolds(await read(), { ...entity, ...change }, hidden)
      await api.requestBuilder().update(found).replaceWholeEntityWithPut().executeRaw(destination)
      assertHolds(await read(), { ...entity, ...change }, hidden)
      await api
        .requestBuilder()
        .delete(...key)
        .execute(destination)
      assert.equal((await outcome(read())).status, 404)
      if (prepare) await sdk.api(prepare[0]).requestBuilder().delete(prepare[1].id).execute(destination)
    })
  }

  test('the SAP Cloud SDK saves an artifact as a version and reads the one before', async () => {
    const sdk = await run.sdk()
    const api = sdk.api('IntegrationDesigntimeArtifacts')
    const artifactContent = (await zip(withVersion(artifactFiles('AccBroken'), '1.0.1'))).toString('base64')
    const entity = api.entityBuilder().fromJson({ id: 'AccBroken', version: 'active', artifactContent })
    await api.requestBuilder().update(entity).replaceWholeEntityWithPut().executeRaw(run.destination)
    const save = sdk.call('integrationDesigntimeArtifactSaveAsVersion', { id: 'AccBroken', saveAsVersion: '1.1.0' })
    assert.equal(((await save.execute(run.destination)) as SdkEntity).version, '1.1.0')
    const active = await api.requestBuilder().getByKey('AccBroken', 'active').execute(run.destination)
    assert.equal(active.version, '1.1.0')
  })
}

interface Lifecycle {
  readonly set: string
  /** A set and an entity that must exist before. */
  readonly prepare?: readonly [set: string, entity: Readonly<Record<'id' | 'name' | 'shortText', string>>]
  readonly entity: Readonly<Record<string, string>>
  readonly change?: Readonly<Record<string, string>>
  readonly key: readonly string[]
  /** Properties that never come back. */
  readonly hidden?: readonly string[]
}

function assertHolds(found: SdkEntity, expected: Readonly<Record<string, string>>, hidden: readonly string[]): void {
  for (const [name, value] of Object.entries(expected)) {
    // The key of an artifact is answered with its version.
    if (name !== 'version') assert.equal(found[name] ?? null, hidden.includes(name) ? null : value, name)
  }
}
