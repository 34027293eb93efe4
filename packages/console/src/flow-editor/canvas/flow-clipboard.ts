import type { EventBus } from '../diagram.ts'
import type { Moddle, ModdleElement } from '../ifl-properties.ts'
import { fromText, toText } from '../moddle-text.ts'

const storageKey = 'sluice.flow.clipboard'

/** What was copied, for all flows that are opened in this tab of the browser. */
class FlowClipboard {
  static readonly $inject = ['moddle']
  readonly #moddle: Moddle

  constructor(moddle: Moddle) {
    this.#moddle = moddle
  }

  get(): unknown {
    const text = sessionStorage.getItem(storageKey)
    return text === null ? undefined : fromText(text, this.#moddle)
  }

  set(tree: unknown): void {
    sessionStorage.setItem(storageKey, toText(tree))
  }

  clear(): unknown {
    const tree = this.get()
    sessionStorage.removeItem(storageKey)
    return tree
  }

  isEmpty(): boolean {
    return sessionStorage.getItem(storageKey) === null
  }
}

interface Copying {
  readonly propertyName?: string
  readonly property?: unknown
  readonly sourceElement?: ModdleElement
  readonly targetElement?: ModdleElement
}

/** Has copies of elements keep what BPMN does not know: their properties, and `ifl:type` of participants. */
class FlowCopies {
  static readonly $inject = ['eventBus', 'moddle']

  constructor(events: EventBus, moddle: Moddle) {
    events.on('moddleCopy.canCopyProperties', 1_500, event => {
      const { sourceElement, targetElement } = event as Copying
      for (const [key, value] of Object.entries(sourceElement?.$attrs ?? {})) targetElement?.set(key, value)
    })
    events.on('moddleCopy.canCopyProperty', 1_500, event => {
      const { propertyName, property } = event as Copying
      if (propertyName !== 'extensionElements' || !property) return undefined
      const values = ((property as ModdleElement).get('values') ?? []) as readonly AnyElement[]
      return moddle.create('bpmn:ExtensionElements', { values: values.map(value => copyOf(value, moddle)) })
    })
  }
}

interface AnyElement {
  readonly $type: string
  readonly $body?: string
  readonly $children?: readonly AnyElement[]
  readonly $descriptor?: { readonly ns?: { readonly uri?: string } }
}

function copyOf({ $type, $body, $children, $descriptor }: AnyElement, moddle: Moddle): ModdleElement {
  const uri = $descriptor?.ns?.uri ?? ''
  return moddle.createAny($type, uri, {
    ...($body !== undefined && { $body }),
    ...($children && { $children: $children.map(child => copyOf(child, moddle)) }),
  })
}

/** Module of a modeler. */
export const flowClipboard = {
  __init__: ['flowCopies'],
  clipboard: ['type', FlowClipboard],
  flowCopies: ['type', FlowCopies],
}
