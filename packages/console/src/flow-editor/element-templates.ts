import type { AdapterComponent, StepComponent } from '../api/components.ts'

/** What a new element begins with. */
export interface ElementTemplate {
  /** BPMN local name: `callActivity`, `participant`, … */
  readonly tag: string
  readonly event?: StepComponent['element']['event']
  readonly properties: Readonly<Record<string, string>>
  /** How often a loop goes on at most. */
  readonly loop?: StepComponent['element']['loop']
  /** The prefix of its ID. */
  readonly idPrefix: string
  readonly name: string
  readonly width: number
  readonly height: number
}

const sizes: Readonly<Record<string, readonly [width: number, height: number]>> = {
  startEvent: [32, 32],
  endEvent: [32, 32],
  exclusiveGateway: [40, 40],
  parallelGateway: [40, 40],
}

const capital = (text: string) => `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`

/** A step as the registry describes a fresh one, of the size that Cloud Integration draws it with. */
export function stepTemplate({ element, label }: StepComponent): ElementTemplate {
  const { tag, event, loop, properties } = element
  const [width, height] = sizes[tag] ?? [100, 60]
  const name = tag === 'startEvent' ? 'Start' : tag === 'endEvent' ? 'End' : label
  return {
    tag,
    ...(event && { event }),
    ...(loop && { loop }),
    properties,
    idPrefix: capital(tag),
    name,
    width,
    height,
  }
}

/** What of a flow is no step: what it is called at first, and its attribute `ifl:type`. */
export const containers = {
  sender: { iflType: 'EndpointSender', name: 'Sender' },
  receiver: { iflType: 'EndpointRecevier', name: 'Receiver' },
  process: { iflType: 'IntegrationProcess', name: 'Integration Process' },
  localProcess: { iflType: 'IntegrationProcess', name: 'Local Integration Process' },
  exceptionSubprocess: { iflType: undefined, name: 'Exception Subprocess' },
} as const

export type ContainerKind = keyof typeof containers

/** The properties of fresh participants in files of Cloud Integration. */
export const participantProperties = {
  sender: { enableBasicAuthentication: 'false', 'ifl:type': 'EndpointSender' },
  receiver: { 'ifl:type': 'EndpointRecevier' },
} as const

/** The properties of a new channel of an adapter. `system`: the name of its participant. Undefined where the adapter lacks that side. */
export function channelProperties(
  { sender, receiver, label }: AdapterComponent,
  direction: 'Sender' | 'Receiver',
  system: string,
): Readonly<Record<string, string>> | undefined {
  const side = direction === 'Sender' ? sender : receiver
  return side && { ...side.channel, Name: label, direction, system }
}
