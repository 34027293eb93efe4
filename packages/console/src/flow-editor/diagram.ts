import type { ModdleElement } from './ifl-properties.ts'

/*
 * What the editor uses of bpmn-js, whose own types say little (services are found by name).
 */

export interface Point {
  readonly x: number
  readonly y: number
}

export interface Bounds extends Point {
  readonly width: number
  readonly height: number
}

/** A shape, a connection or the root of a diagram. */
export interface DiagramElement extends Bounds {
  readonly id: string
  /** Such as `bpmn:CallActivity`; `label` for names beside their element. */
  readonly type: string
  readonly businessObject: ModdleElement
  readonly di: ModdleElement
  readonly parent?: DiagramElement
  readonly children?: readonly DiagramElement[]
  readonly incoming: readonly DiagramElement[]
  readonly outgoing: readonly DiagramElement[]
  /** Of connections. */
  readonly source?: DiagramElement
  readonly target?: DiagramElement
  waypoints?: readonly Point[]
  readonly labelTarget?: DiagramElement
}

/** A viewer or modeler of bpmn-js, by which its services are found. */
export interface Diagram {
  get<Service>(name: string): Service
  importXML(xml: string): Promise<{ readonly warnings: readonly unknown[] }>
  saveXML(options?: { readonly format?: boolean }): Promise<{ readonly xml?: string }>
  getDefinitions(): ModdleElement
  destroy(): void
}

type Listener = (event: DiagramEvent) => unknown

/** An event of a diagram: what it is about depends on its name. */
export interface DiagramEvent {
  readonly element?: DiagramElement
  // biome-ignore lint/suspicious/noExplicitAny: each event has properties of its own.
  readonly [property: string]: any
}

export interface EventBus {
  on(events: string | readonly string[], listener: Listener): void
  on(events: string | readonly string[], priority: number, listener: Listener): void
  off(events: string | readonly string[], listener: Listener): void
  fire(type: string, event?: object): unknown
}

export interface CommandStack {
  undo(): void
  redo(): void
  canUndo(): boolean
  canRedo(): boolean
  clear(): void
  execute(command: string, context: object): void
  register(command: string, handler: object): void
}

export interface Canvas {
  zoom(level?: number | 'fit-viewport', center?: 'auto' | Point): number
  viewbox(box?: Bounds): Bounds & { readonly scale: number; readonly inner: Bounds; readonly outer: Bounds }
  getRootElement(): DiagramElement
  getContainer(): HTMLElement
  getGraphics(element: DiagramElement): SVGElement
  addMarker(element: DiagramElement | string, marker: string): void
  removeMarker(element: DiagramElement | string, marker: string): void
  scroll(delta: { readonly dx: number; readonly dy: number }): void
  scrollToElement(element: DiagramElement | string): void
  resized(): void
  focus(): void
}

export interface Selection {
  get(): readonly DiagramElement[]
  select(elements: DiagramElement | readonly DiagramElement[] | null): void
}

export interface ElementRegistry {
  get(id: string): DiagramElement | undefined
  filter(matches: (element: DiagramElement) => boolean): DiagramElement[]
  forEach(visit: (element: DiagramElement) => void): void
  getGraphics(element: DiagramElement | string): SVGElement
}
