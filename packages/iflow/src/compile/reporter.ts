import type { FlowModel, ModelElement } from '../bpmn/model.ts'
import type { Diagnostic, DiagnosticLocation } from '../diagnostic.ts'

/**
 * Reports a mistake at one element. `property` is the key of the property whose value is wrong: when the value came from
 * externalised parameters, the diagnostic names them. Leave it out for values that are right but not supported.
 */
export type Report = (code: string, message: string, severity?: Diagnostic['severity'], property?: string) => void

/** Collects the diagnostics of one compilation, each with file, element and line. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = []
  readonly #file: string

  constructor(model: FlowModel) {
    this.#file = model.file
  }

  at(element: ModelElement): Report {
    return (code, message, severity = 'error', property = '') => {
      const at = this.locate(element)
      const parameters = element.parameters?.get(property)
      if (parameters === undefined) this.diagnostics.push({ code, severity, message, at })
      else {
        const names = parameters.map(name => `"${name}"`).join(', ')
        const advice = `${message.replace(/\.$/, '')}: configure parameter ${names}.`
        this.diagnostics.push({ code, severity, message: advice, at, parameters })
      }
    }
  }

  locate({ id, name, line }: ModelElement): DiagnosticLocation {
    return { file: this.#file, elementId: id, elementName: name, line }
  }
}
