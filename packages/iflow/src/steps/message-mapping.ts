import type { Bundle } from '../bundle/bundle.ts'
import { choice, tab, text, when } from '../compile/props.ts'
import type { Report } from '../compile/reporter.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { mappingFailure } from '../mapping/mapping-failure.ts'
import type { Ports } from '../ports.ts'
import type { Operation } from '../run/plan.ts'
import { asText } from '../run/value.ts'
import { mappingExample } from './message-mapping/example.ts'
import { type Mapper, mapperOf } from './message-mapping/mapper.ts'

export const messageMapping = defineStep({
  type: 'MessageMapping',
  label: 'Message Mapping',
  doc: [
    'Makes the message that a mapping of the artifact, or of a message mapping artifact, describes. Structures come from XSD,',
    'WSDL, OpenAPI and EDMX files; queues, contexts and standard functions work as documented, and user-defined functions are',
    'Groovy scripts. XML is written as UTF-8 with a declaration, elements in the order of the target structure.',
  ].join(' '),
  versions: { from: '1.0', to: '1.3' },
  group: 'Mapping',
  element: {
    version: '1.3.1',
    properties: { activityType: 'Mapping', mappingType: 'MessageMapping', mappingname: '', mappingpath: '' },
  },
  leaves: 'one',
  props: tab('Processing', {
    mappingReference: choice(
      'Reference Type',
      'Where the mapping is found.',
      {
        static: ['Static', 'In the file that "Resource" names.'],
        dynamic: ['Dynamic', 'In the message mapping artifact whose ID "Message Mapping" gives for each message.'],
      },
      { default: 'static' },
    ),
    ...when('mappingReference', ['static'], {
      mappinguri: text('Resource', 'The mapping file: `dir://mmap/src/main/resources/mapping/Order.mmap`.', {
        default: '',
        file: {
          endings: ['mmap'],
          folder: 'mapping',
          values: {
            mappinguri: 'dir://mmap/src/main/resources/mapping/{file}',
            mappingname: '{name}',
            mappingpath: 'src/main/resources/mapping/{name}',
          },
        },
      }),
      messageMappingBundleId: text(
        'Message Mapping Artifact',
        'The message mapping artifact that the file is in. Empty: the flow.',
        { default: '', names: 'messageMapping' },
      ),
    }),
    ...when('mappingReference', ['dynamic'], {
      mappingSourceValue: text(
        'Message Mapping',
        'An expression of the Simple language, such as `${header.Mapping}`.',
        { default: '', expression: 'simple' },
      ),
    }),
  }),
  examples: [mappingExample],
  compile: async (props, context) => {
    if (props.mappingReference === 'dynamic') return compileDynamic(props.mappingSourceValue, context)
    const file = props.mappinguri.replace(/^dir:\/\/mmap\//, '').replace(/^\/?src\/main\/resources\//, '')
    if (file === '') {
      context.report('missing-property', 'Expected property "mappinguri", found none.')
      return undefined
    }
    const id = props.messageMappingBundleId
    const resources = id === '' ? context.resources : context.artifact(id, 'MessageMapping')?.resources
    const mapper = resources && (await mapperOf(file, resources, context.report))
    if (mapper === undefined) return undefined
    context.beforeStart(ports => mapper.prepare(ports))
    return async (exchange, scope) => {
      await mapper.map(exchange, scope)
      return undefined
    }
  },
})

/** Each artifact is compiled when a message first asks for it. */
async function compileDynamic(source: string, context: StepContext): Promise<Operation | undefined> {
  const evaluate = await context.value('simple', source)
  if (evaluate === undefined) return undefined
  const mappers = new Map<string, Promise<Mapper>>()
  return async (exchange, scope) => {
    const id = asText(evaluate(exchange, scope))
    const artifact = context.findArtifact(id, 'MessageMapping')
    if (artifact === undefined) {
      throw mappingFailure(`Expected the message mapping artifact "${id}", found none: deploy it before the flow.`)
    }
    let mapper = mappers.get(id)
    if (mapper === undefined) {
      mapper = readyMapper(artifact, scope.ports)
      mappers.set(id, mapper)
    }
    await (await mapper).map(exchange, scope)
    return undefined
  }
}

async function readyMapper({ id, resources }: Bundle, ports: Ports): Promise<Mapper> {
  const file = [...resources.keys()].find(path => path.endsWith('.mmap'))
  const problems: string[] = []
  const report: Report = (_, message, severity = 'error') => void (severity === 'error' && problems.push(message))
  const mapper = await mapperOf(file ?? `${id}.mmap`, resources, report)
  if (mapper !== undefined) problems.push(...(await mapper.prepare(ports)))
  if (mapper === undefined || problems.length > 0) {
    throw mappingFailure(`Expected a message mapping in artifact "${id}", found: ${problems.join(' ')}`)
  }
  return mapper
}
