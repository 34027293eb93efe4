import RuleProvider from 'diagram-js/lib/features/rules/RuleProvider'
import type { DiagramElement, EventBus } from '../diagram.ts'
import { connectionBetween, moveTo, placeFor, type Reason, type Verdict } from '../flow-rules.ts'

/** What a rule is asked about. */
interface RuleContext {
  readonly source?: DiagramElement
  readonly target?: DiagramElement
  readonly connection?: DiagramElement
  readonly shape?: DiagramElement
  readonly shapes?: readonly DiagramElement[]
  readonly elements?: readonly DiagramElement[]
}

type Rule = (context: RuleContext) => unknown

/** Its own types know no elements of BPMN. */
const Base = RuleProvider as unknown as new (
  events: EventBus,
) => {
  addRule(actions: string | readonly string[], priority: number, rule: Rule): void
}

/** Before those of BPMN. */
const priority = 2_000

/** What is told when something that was tried is not allowed: `{ reason }`. */
export const rejectedEvent = 'sluice.rejected'

/** The rules of flows for bpmn-js. What was tried in vain is told with its reason. */
class FlowRules extends Base {
  static readonly $inject = ['eventBus']
  #reason: Reason | undefined

  constructor(events: EventBus) {
    super(events)
    events.on(['create.init', 'connect.start', 'shape.move.start', 'bendpoint.move.start'], () => {
      this.#reason = undefined
    })
    events.on(['create.rejected', 'connect.rejected', 'shape.move.rejected', 'bendpoint.move.rejected'], () => {
      if (this.#reason) events.fire(rejectedEvent, { reason: this.#reason })
    })
  }

  /** Called by the base class. */
  init(): void {
    const add = (action: string | readonly string[], rule: Rule) => this.addRule(action, priority, rule)
    add('connection.create', ({ source, target }) => this.#connection(source, target))
    add('connection.reconnect', ({ source, target, connection }) => this.#connection(source, target, connection))
    add('elements.create', ({ elements = [], target }) => this.#create(elements, target))
    add('shape.create', ({ shape, target }) => (shape ? this.#create([shape], target) : undefined))
    add('elements.move', ({ shapes = [], target }) => this.#move(shapes, target))
    add('shape.attach', () => false)
    add('shape.resize', ({ shape }) => (shape && /Participant|SubProcess/.test(shape.type) ? undefined : false))
  }

  /** Undefined leaves it to the rules of BPMN. */
  #connection(source?: DiagramElement, target?: DiagramElement, connection?: DiagramElement): unknown {
    if (!source || !target || isRoot(target) || isRoot(source)) return false
    if (source.type === 'label' || target.type === 'label' || target.waypoints) return false
    const verdict = connectionBetween(source, target, connection)
    if (connection && 'allowed' in verdict && verdict.allowed !== connection.type) return false
    return this.#answer(verdict, type => ({ type }))
  }

  #create(elements: readonly DiagramElement[], target?: DiagramElement): unknown {
    if (!target || target.type === 'label') return false
    // Onto a sequence flow: into it.
    if (target.waypoints) return undefined
    for (const element of elements) {
      if (element.waypoints || element.type === 'label' || (element.parent && elements.includes(element.parent)))
        continue
      const verdict = placeFor(element, target)
      if ('reason' in verdict) return this.#answer(verdict, () => true)
    }
    return this.#answer({ allowed: true }, () => true)
  }

  #move(shapes: readonly DiagramElement[], target?: DiagramElement): unknown {
    if (shapes.length > 0 && shapes.every(({ type }) => type === 'label')) return false
    if (!target || target.waypoints) return undefined
    return this.#answer(moveTo(shapes, target), () => true)
  }

  #answer<Value>(verdict: Verdict<Value>, answer: (allowed: Value) => unknown): unknown {
    this.#reason = 'reason' in verdict ? verdict.reason : undefined
    return 'reason' in verdict ? false : answer(verdict.allowed)
  }
}

function isRoot({ type }: DiagramElement): boolean {
  return type === 'bpmn:Collaboration' || type === 'bpmn:Process'
}

/** Module of a modeler; in place of what bpmn-js says when something is not allowed. */
export const flowRules = {
  __init__: ['flowRules'],
  flowRules: ['type', FlowRules],
  modelingFeedback: ['value', {}],
}
