import type { Adapter } from './adapter.ts'
import type { Prop, Props } from './props.ts'
import type { Step } from './step.ts'

/** The properties of a fresh element of a step, as an editor writes them. */
export function freshElement({ type, element, props }: Step): Record<string, string> {
  const { cname = type, version, properties } = element
  return {
    ...freshValues(props),
    ...properties,
    ...(version === undefined ? {} : { componentVersion: componentVersionOf(version) }),
    cmdVariantUri: `ctype::FlowstepVariant/cname::${cname}${version === undefined ? '' : `/version::${version}`}`,
  }
}

/**
 * The properties of a fresh channel of an adapter, as an editor writes them: all but `system`, which is the name of the
 * participant. Undefined when the adapter has no such side.
 */
export function freshChannel(adapter: Adapter, direction: 'Sender' | 'Receiver'): Record<string, string> | undefined {
  const side = direction === 'Sender' ? adapter.sender : adapter.receiver
  if (side === undefined) return undefined
  const { type } = adapter
  const { version, vendor, transportProtocol, messageProtocol, properties } = side.channel
  const name = vendor === undefined ? `sap:${type}` : `${type}/vendor::${vendor}`
  const protocols = `tp::${transportProtocol}/mp::${messageProtocol}`
  return {
    ...freshValues(side.props),
    ComponentNS: 'sap',
    ComponentSWCVId: version,
    ComponentSWCVName: 'external',
    ComponentType: type,
    Description: '',
    MessageProtocol: messageProtocol,
    MessageProtocolVersion: version,
    Name: type,
    TransportProtocol: transportProtocol,
    TransportProtocolVersion: version,
    ...(vendor === undefined ? {} : { Vendor: vendor }),
    cmdVariantUri: `ctype::AdapterVariant/cname::${name}/${protocols}/direction::${direction}/version::${version}`,
    componentVersion: componentVersionOf(version),
    direction,
    ...properties,
  }
}

/** What a property without a value means, as a file would say it; undefined when it is required. */
export function writtenDefault({ default: value, fresh }: Prop<unknown>): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'boolean' && (fresh === '0' || fresh === '1')) return value ? '1' : '0'
  return Array.isArray(value) ? '' : String(value)
}

/** The values that fresh elements have for these properties. */
export function freshValues(props: Props): Record<string, string> {
  return Object.fromEntries(
    Object.entries(props).flatMap(([key, prop]) =>
      prop.until === undefined ? [[key, prop.fresh ?? writtenDefault(prop) ?? '']] : [],
    ),
  )
}

function componentVersionOf(version: string): string {
  return version.split('.').slice(0, 2).join('.')
}
