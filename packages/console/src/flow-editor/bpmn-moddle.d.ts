declare module 'bpmn-moddle' {
  /** Reads and writes files of BPMN 2.0. The package says nothing of its types where it is imported. */
  export class BpmnModdle {
    fromXML(xml: string): Promise<{
      readonly rootElement: object
      readonly elementsById: Readonly<Record<string, object>>
      readonly warnings: readonly Error[]
    }>
    toXML(element: object, options?: { readonly format?: boolean }): Promise<{ readonly xml: string }>
  }
}
