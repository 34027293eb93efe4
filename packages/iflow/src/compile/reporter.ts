import type { FlowModel, ModelElement } from '../bpmn/model.ts'
import type { Diagnostic, DiagnosticLocation } from '../diagnostic.ts'

/** Reports a mistake at one element. */
export type Report = (code: string, message: string, severity?: Diagnostic['severity']) => void

/** Collects the diagnostics of one compilation, each with file, element and line. */
export class Reporter {
  readonly diagnostics: Diagnostic[] = []
  readonly #file: string

  constructor(model: FlowModel) {
    this.#file = model.file
  }

  at(element: ModelElement): Report {
    return (code, message, severity = 'error') => {
      this.diagnostics.push({ code, severity, message, at: this.locate(element) })
    }
  }

  locate({ id, name, line }: ModelElement): DiagnosticLocation {
    return { file: this.#file, elementId: id, elementName: name, line }
  }
}
