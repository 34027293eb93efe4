import type { Adapter, AdapterContext, AdapterSide, Prop, Props, Receiver, Registry } from '@sluice/iflow'

/** How mails leave, which does not matter for those that never do. */
const way: Readonly<Record<string, unknown>> = {
  server: 'mail.invalid',
  ssl: 'off',
  proxyType: 'none',
  timeout: 30_000,
  auth: 'none',
  user: '',
  'encrypt.type': 'none',
}

type Texts = Readonly<Record<string, unknown>>

/**
 * The registry with Mail channels whose mails are caught: server, protection and credentials may be anything or missing, and
 * so may addresses, for which `from@mail.invalid` and `to@mail.invalid` stand in. An expression for an address counts.
 */
export function catchMails(registry: Registry): Registry {
  return {
    ...registry,
    adapters: registry.adapters.map(adapter => (adapter.type === 'Mail' ? caught(adapter) : adapter)),
  }
}

function caught(adapter: Adapter): Adapter {
  const { receiver } = adapter
  if (receiver === undefined) return adapter
  const props = Object.entries(receiver.props).map(([key, prop]) => [key, key in way ? fixed(prop, way[key]) : prop])
  const compile = receiver.compile as AdapterSide<Props, Receiver>['compile']
  return {
    ...adapter,
    receiver: {
      ...receiver,
      props: Object.fromEntries(props),
      compile: (values: Texts, context: AdapterContext) => compile({ ...values, ...addresses(values) }, context),
    },
  }
}

function fixed(prop: Prop<unknown>, value: unknown): Prop<unknown> {
  return { ...prop, default: value, read: () => ({ value }) }
}

function addresses({ from, to, cc, bcc }: Texts): Texts {
  const [toText, ccText, bccText] = [to, cc, bcc].map(text => (isAddress(text) ? text : ''))
  const isForNobody = ccText === '' && bccText === ''
  return {
    from: isAddress(from) ? from : 'from@mail.invalid',
    to: toText === '' && (isForNobody || String(to).trim() !== '') ? 'to@mail.invalid' : toText,
    cc: ccText,
    bcc: bccText,
  }
}

function isAddress(text: unknown): boolean {
  return /\$\{|[^\s@<>]@[^\s@<>]/.test(String(text))
}
