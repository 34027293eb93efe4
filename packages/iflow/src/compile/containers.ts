import { flowProps } from './flow-settings.ts'
import { freshValues } from './fresh.ts'
import { choice, type Props, tab, wholeNumber } from './props.ts'

/** What is no step and no channel, as editors need it: the flow, its processes, and the arrows that leave a Router. */
export interface Container {
  readonly label: string
  readonly doc: string
  /** The properties of a fresh one besides its settings. */
  readonly properties: Readonly<Record<string, string>>
  readonly props: Props
}

const timeout = {
  transactionTimeout: wholeNumber('Timeout (in min)', 'Without meaning: the time of a run is a limit of the server.', {
    default: 30,
    min: 1,
    max: 720,
  }),
}

/** What an integration process can be told. */
export const processProps = tab('Processing', {
  transactionalHandling: choice(
    'Transaction Handling',
    'What is written only when the process has ended well. Component versions up to 1.1 lack the property at times: `Required` then.',
    {
      Required: ['Required for JDBC', 'Entries of data stores, and variables.'],
      'Required JMS': ['Required for JMS', 'Messages that go into queues.'],
      'Not Required': 'Nothing: everything is written at once.',
    },
    { default: 'Required', fresh: 'Not Required' },
  ),
  ...timeout,
})

/** What a local integration process can be told. */
export const localProcessProps = tab('Processing', {
  transactionalHandling: choice(
    'Transaction Handling',
    'What is written only when the process has ended well.',
    {
      'From Calling Process': 'What the process says that calls.',
      Required: [
        'Required for JDBC',
        'Entries of data stores, and variables, even where the process that calls writes at once.',
      ],
      'Required JMS': [
        'Required for JMS',
        'Messages that go into queues, even where the process that calls writes at once.',
      ],
      'Not Required': 'As `From Calling Process`.',
    },
    { default: 'From Calling Process' },
  ),
  ...timeout,
})

/** What a sequence flow can be told that leaves a Router, besides its condition. */
export const routeProps = tab('Processing', {
  expressionType: choice(
    'Expression Type',
    'The language of the condition. The same for all routes of a Router.',
    { NonXML: ['Non-XML', 'Simple.'], XML: 'XPath.' },
    { default: 'NonXML' },
  ),
})

const variant = (ctype: string, cname: string, version: string) => ({
  componentVersion: version.split('.').slice(0, 2).join('.'),
  cmdVariantUri: `ctype::${ctype}/cname::${cname}/version::${version}`,
})

const noCors = {
  accessControlAllowCredentials: 'false',
  accessControlMaxAge: '',
  allowedHeaders: '',
  allowedMethods: '',
  allowedOrigins: '',
  exposedHeaders: '',
}

/** Every kind of container. */
export const containers = {
  flow: {
    label: 'Integration Flow',
    doc: 'The flow as a whole.',
    properties: { ...noCors, ...variant('IFlowVariant', 'IFlowConfiguration', '1.2.4') },
    props: flowProps,
  },
  process: {
    label: 'Integration Process',
    doc: 'Steps that a message from outside, or the clock, runs through.',
    properties: variant('FlowElementVariant', 'IntegrationProcess', '1.2.1'),
    props: processProps,
  },
  localProcess: {
    label: 'Local Integration Process',
    doc: 'Steps that a Process Call runs.',
    properties: { ...variant('FlowElementVariant', 'LocalIntegrationProcess', '1.1.3'), processType: 'directCall' },
    props: localProcessProps,
  },
  exceptionSubprocess: {
    label: 'Exception Subprocess',
    doc: 'Steps that run when one of the process around them fails.',
    properties: {
      ...variant('FlowstepVariant', 'ErrorEventSubProcessTemplate', '1.1.0'),
      activityType: 'ErrorEventSubProcessTemplate',
    },
    props: {},
  },
  route: {
    label: 'Route',
    doc: 'A way out of a Router.',
    properties: variant('FlowstepVariant', 'GatewayRoute', '1.0.0'),
    props: routeProps,
  },
} as const satisfies Readonly<Record<string, Container>>

/** The properties of a fresh container, as an editor writes them. */
export function freshContainer({ properties, props }: Container): Record<string, string> {
  return { ...freshValues(props), ...properties }
}
