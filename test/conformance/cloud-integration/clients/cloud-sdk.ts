import { spawn } from 'node:child_process'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { HttpDestination } from '@sap-cloud-sdk/connectivity'
import { setGlobalLogLevel } from '@sap-cloud-sdk/util'

// It warns of what it knows to leave out.
setGlobalLogLevel('error')

const repository = join(import.meta.dirname, '../../../..')
const generator = join(repository, 'node_modules/@sap-cloud-sdk/generator/dist/cli.js')

/** A request of a generated client. */
export interface SdkRequest {
  execute(destination: HttpDestination): Promise<unknown>
  executeRaw(destination: HttpDestination): Promise<{ readonly status: number; readonly data: unknown }>
}

/** One entity, its properties in camel case. */
export type SdkEntity = Record<string, unknown>

interface SdkEntityRequest extends SdkRequest {
  select(...fields: unknown[]): SdkEntityRequest
  execute(destination: HttpDestination): Promise<SdkEntity>
}

interface SdkList extends SdkRequest {
  top(count: number): SdkList
  filter(filter: unknown): SdkList
  count(): SdkRequest
  execute(destination: HttpDestination): Promise<SdkEntity[]>
}

interface SdkUpdate extends SdkRequest {
  replaceWholeEntityWithPut(): SdkUpdate
}

/** What is generated for an entity set. */
export interface SdkApi {
  readonly entityConstructor: { readonly _entityName: string }
  readonly schema: Readonly<Record<string, unknown>>
  requestBuilder(): {
    getAll(): SdkList
    getByKey(...key: unknown[]): SdkEntityRequest
    create(entity: SdkEntity): SdkEntityRequest
    update(entity: SdkEntity): SdkUpdate
    delete(...key: unknown[]): SdkRequest
  }
  entityBuilder(): { fromJson(properties: Record<string, unknown>): SdkEntity }
}

/** A client that the SAP Cloud SDK has generated from a `$metadata`. */
export interface CloudSdk {
  /** By name of the entity set. */
  readonly apis: ReadonlyMap<string, SdkApi>
  /** Of the entity set of this name, which must exist. */
  api(entitySet: string): SdkApi
  /** Names of the function imports. */
  readonly operations: readonly string[]
  /** A call of a function import, which must exist; names are in camel case. */
  call(operation: string, parameters: Record<string, unknown>): SdkRequest
  batch(...requests: unknown[]): { execute(destination: HttpDestination): Promise<SdkBatchResponse[]> }
  changeset(...requests: unknown[]): unknown
}

/** Part of the answer to a batch. */
export interface SdkBatchResponse {
  isSuccess(): boolean
  isWriteResponses(): boolean
  readonly responses: readonly { readonly httpCode: number; readonly body?: unknown }[]
  readonly httpCode: number
  readonly body: unknown
}

/** What `tsconfig.json` says for a client that is run and not published. */
const compilerOptions = {
  target: 'es2022',
  module: 'commonjs',
  moduleResolution: 'node',
  lib: ['esnext'],
  declaration: false,
  noCheck: true,
  noResolve: true,
  types: [],
}

/** Generates a client below an empty folder and loads it. Throws with what the generator said when it failed. */
export async function generateCloudSdk(metadata: string, folder: string): Promise<CloudSdk> {
  await mkdir(join(folder, 'service'), { recursive: true })
  await writeFile(join(folder, 'service/cloud-integration.edmx'), metadata)
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }))
  const options = { directoryName: 'cloud-integration', packageName: 'cloud-integration', basePath: '/api/v1' }
  await writeFile(
    join(folder, 'options-per-service.json'),
    JSON.stringify({ 'service/cloud-integration.edmx': options }),
  )
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'))
  // Two sets of the original have property names that differ only in case and underscores.
  const line = ['-i', 'service', '-o', 'client', '-s', 'options-per-service.json', '--skipValidation']
  await run([generator, ...line, '--transpile', '--tsconfig', 'tsconfig.json'], folder)
  const load = createRequire(join(folder, 'load.js'))
  return describeClient(
    load('./client/cloud-integration/service'),
    load('./client/cloud-integration/BatchRequest'),
    load,
  )
}

function describeClient(service: object, batching: object, load: (path: string) => object): CloudSdk {
  const { cloudIntegration } = service as { cloudIntegration: () => object }
  const instance = cloudIntegration()
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(instance)).filter(
    name => name.endsWith('Api') && name !== 'initApi',
  )
  const apis = names.map(name => Reflect.get(instance, name) as SdkApi)
  const byName = new Map(apis.map(api => [api.entityConstructor._entityName, api]))
  const { operations } = load('./client/cloud-integration/operations') as {
    operations: Readonly<Record<string, (parameters: Record<string, unknown>) => SdkRequest>>
  }
  return {
    apis: byName,
    api: entitySet => found(byName.get(entitySet), entitySet),
    operations: Object.keys(operations),
    call: (operation, parameters) => found(operations[operation], operation)(parameters),
    ...(batching as Pick<CloudSdk, 'batch' | 'changeset'>),
  }
}

function found<Thing>(thing: Thing | undefined, name: string): Thing {
  if (thing === undefined) throw new Error(`Expected the generated client to have ${name}`)
  return thing
}

function run(line: readonly string[], cwd: string): Promise<void> {
  const child = spawn(process.execPath, line, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => said.push(piece))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      if (code === 0) resolve()
      else reject(new Error(`Expected the generator to end with 0, found ${code}: ${Buffer.concat(said)}`))
    })
  })
}
