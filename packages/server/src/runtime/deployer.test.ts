import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleFlow, type FlowSketch, fakePorts, flowText, mappingSource, mappingText } from '@sluice/iflow/testing'
import pino from 'pino'
import { inDirectory, integrationPackage } from '../store/each-database.test.ts'
import { openStore } from '../store/open.ts'
import type { Store } from '../store/store.ts'
import { TestClock } from '../testing/test-clock.ts'
import { writeArchive } from './archive.ts'
import { DeployedArtifacts } from './deployed-artifacts.ts'
import { Deployer } from './deployer.ts'
import { EndpointTable } from './endpoint-table.ts'
import type { RunningFlow } from './flow-runner.ts'
import { QueueConsumers } from './queue-consumers.ts'
import { Scheduler } from './scheduler.ts'

/** What a server makes of deployments; another one on the same store stands for a restart. */
function serverOn(store: Store) {
  const clock = new TestClock()
  const log = pino({ level: 'silent' })
  const others = new DeployedArtifacts()
  const table = new EndpointTable<RunningFlow>()
  const runner = { ports: fakePorts(), run: () => assert.fail('nothing is due') }
  const scheduler = new Scheduler({ runner, ticks: store.timerTicks, clock, log })
  const consumers = new QueueConsumers({ runner, store, clock, log, retriesMax: 0 })
  const ports = { ...fakePorts(), valueMappings: others }
  const { artifacts, deployments } = store
  const publicUrl = () => ''
  const deployer = new Deployer({
    artifacts,
    deployments,
    table,
    others,
    scheduler,
    consumers,
    clock,
    ports,
    publicUrl,
    log,
  })
  const deploy = async (id: string) => {
    await deployer.deploy((await artifacts.open(id)) ?? assert.fail('an artifact'), 'test')
    await deployer.idle()
    const { status, error } = (await deployments.find(id)) ?? assert.fail('a deployment')
    return error ?? status
  }
  return { deployer, others, table, deploy }
}

type Type = 'IntegrationFlow' | 'MessageMapping' | 'ValueMapping'

async function upload(store: Store, id: string, type: Type, files: Readonly<Record<string, string>>): Promise<void> {
  const manifest = `Manifest-Version: 1.0\nBundle-SymbolicName: ${id}\nBundle-Name: ${id}\nBundle-Version: 1.0.0\nSAP-BundleType: ${type}\n`
  const entries = Object.entries({ 'META-INF/MANIFEST.MF': manifest, ...files })
  const content = await writeArchive(new Map(entries.map(([path, text]) => [path, new TextEncoder().encode(text)])))
  const changes = { createdBy: 'test', createdAt: 0, modifiedBy: 'test', modifiedAt: 0 }
  const texts = { name: id, version: '1.0.0', description: '', sender: '', receiver: '' }
  const artifact = { id, packageId: 'p', type, ...texts, ...changes }
  const found = await store.artifacts.find(id)
  if (found) await store.artifacts.update({ ...found, ...artifact }, content)
  else await store.artifacts.create(artifact, content)
}

function withStore(body: (store: Store) => Promise<void>): Promise<void> {
  return inDirectory(async dataDirectory => {
    const store = await openStore({ dataDirectory })
    try {
      await store.packages.create(integrationPackage('p'))
      await body(store)
    } finally {
      await store.close()
    }
  })
}

const country = (value: string) => `<entry><agency>S4</agency><schema>Country</schema><value>${value}</value></entry>`
const currency = (value: string) =>
  `<entry><agency>Bank</agency><schema>Currency</schema><value>${value}</value></entry>`
const table = (name: string) => `<vm version="2.0"><group id="1">${country('FR')}${currency(name)}</group></vm>`

test('a value mapping answers from its deployment until it is undeployed, also after a restart', () =>
  withStore(async store => {
    const first = serverOn(store)
    const look = ({ others }: typeof first) => others.lookup('S4', 'Country', 'FR', 'Bank', 'Currency')
    await upload(store, 'currencies', 'ValueMapping', { 'value_mapping.xml': table('EUR') })
    assert.equal(await look(first), undefined)
    assert.equal(await first.deploy('currencies'), 'STARTED')
    assert.equal(await look(first), 'EUR')
    await upload(store, 'currencies', 'ValueMapping', { 'value_mapping.xml': '<vm>' })
    assert.match(await first.deploy('currencies'), /broken-xml/)
    assert.equal(await look(first), 'EUR')
    const second = serverOn(store)
    await second.deployer.startAll()
    assert.equal(await look(second), 'EUR')
    await second.deployer.undeploy('currencies')
    assert.equal(await look(second), undefined)
  }))

test('a flow finds the artifacts it refers to, also when they were deployed again after it', () =>
  withStore(async store => {
    const server = serverOn(store)
    const link = { kind: 'xsd', file: 'A.xsd', root: 'A' } as const
    const mapping = mappingText({ sources: [link], targets: [link], fields: { '/A': mappingSource('/A') } })
    const schema = '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="A"/></schema>'
    const properties = { mappinguri: 'dir://mmap/mapping/M.mmap', messageMappingBundleId: 'shared' }
    await upload(store, 'flow', 'IntegrationFlow', {
      'src/main/resources/scenarioflows/integrationflow/flow.iflw': exampleFlow('MessageMapping', {
        title: '',
        properties,
      }),
    })
    await upload(store, 'shared', 'MessageMapping', {
      'src/main/resources/mapping/M.mmap': mapping,
      'src/main/resources/schema/A.xsd': schema,
    })
    assert.match(await server.deploy('flow'), /Expected the MessageMapping "shared", found none: deploy it first/)
    assert.equal(await server.deploy('shared'), 'STARTED')
    assert.equal(await server.deploy('flow'), 'STARTED')
    assert.equal(await server.deploy('shared'), 'STARTED')
    const restarted = serverOn(store)
    await restarted.deployer.startAll()
    assert.deepEqual(
      [...restarted.table.owners()].map(({ id }) => id),
      ['flow'],
    )
  }))

test('of two flows with one address that are deployed at the same time one runs', () =>
  withStore(async store => {
    const server = serverOn(store)
    const sender = (properties: Readonly<Record<string, string>>) =>
      ({ step: 'start', direction: 'Sender', properties }) as const
    const sketch = (queue: string): FlowSketch => ({
      processes: [
        {
          id: 'Main',
          nodes: [
            { id: 'start', type: 'MessageStartEvent' },
            { id: 'end', type: 'MessageEndEvent' },
          ],
          flows: [{ from: 'start', to: 'end' }],
        },
      ],
      channels: [
        sender({ ComponentType: 'HTTPS', urlPath: '/same', xsrfProtection: '0' }),
        // What is known of a queue is read from the store: the flows wait in between.
        sender({ ComponentType: 'JMS', QueueName_inbound: queue }),
      ],
    })
    for (const id of ['left', 'right']) {
      const file = 'src/main/resources/scenarioflows/integrationflow/flow.iflw'
      await upload(store, id, 'IntegrationFlow', { [file]: withOwnIds(flowText(sketch(`queue of ${id}`))) })
    }
    const statuses = await Promise.all(['left', 'right'].map(id => server.deploy(id)))
    assert.deepEqual(statuses.filter(status => status === 'STARTED').length, 1, statuses.join('; '))
    assert.match(
      statuses.find(status => status !== 'STARTED') ?? '',
      /"\/same" in use by "(left|right)" \[address-in-use\]/,
    )
    assert.deepEqual(
      [...server.table.owners()].map(({ id }) => id),
      [statuses[0] === 'STARTED' ? 'left' : 'right'],
    )
  }))

/** Two channels at one step have the same IDs in a sketch; the second ones get others. */
function withOwnIds(text: string): string {
  const participant = text.lastIndexOf('id="System-start"')
  const renamed = text.slice(0, participant) + text.slice(participant).replace('System-start', 'System-other')
  const channel = renamed.lastIndexOf('id="Channel-start"')
  return renamed.slice(0, channel) + renamed.slice(channel).replace(/(System|Channel)-start/g, '$1-other')
}
