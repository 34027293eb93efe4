import { mergeEdit } from '@sluice/iflow/bpmn'
import type { CommandStack, Diagram } from './diagram.ts'

/** What a flow is as it is drawn. */
export interface FlowState {
  /** The text of the .iflw file. */
  readonly text: string
  /** As the modeler itself writes it. */
  readonly written: string
  /** The last change in it; undefined where there is none. */
  readonly lastChange: unknown
}

/** A flow in a modeler, and what is not saved of it. */
export class EditedFlow {
  readonly diagram: Diagram
  #saved: FlowState

  private constructor(diagram: Diagram, saved: FlowState) {
    this.diagram = diagram
    this.#saved = saved
  }

  /** `text`: the .iflw file that the diagram shows, and in which nothing has been changed. */
  static async of(diagram: Diagram, text: string): Promise<EditedFlow> {
    return new EditedFlow(diagram, { text, written: await write(diagram), lastChange: undefined })
  }

  /** The .iflw file as it was opened, or saved last. */
  get savedText(): string {
    return this.#saved.text
  }

  get isChanged(): boolean {
    return this.lastChange !== this.#saved.lastChange
  }

  /** Tells states apart: each change is one of its own, and undone it is the one before. */
  get lastChange(): unknown {
    const { _stack: stack, _stackIdx: index } = this.diagram.get<CommandStack & Internals>('commandStack')
    return stack[index]
  }

  /**
   * The file with what was changed in the diagram, and nothing else. Throws, in a sentence for people, what cannot be made in
   * the file as it is.
   */
  async current(): Promise<FlowState> {
    const { lastChange } = this
    const written = await write(this.diagram)
    const merged = mergeEdit({ original: this.#saved.text, before: this.#saved.written, after: written })
    if (merged.text === undefined) throw new Error(merged.problem)
    return { text: merged.text, written, lastChange }
  }

  /** After `state` was saved. */
  markSaved(state: FlowState): void {
    this.#saved = state
  }
}

/** What diagram-js's command stack does not show. */
interface Internals {
  readonly _stack: readonly unknown[]
  readonly _stackIdx: number
}

async function write(diagram: Diagram): Promise<string> {
  const { xml } = await diagram.saveXML()
  if (xml === undefined) throw new Error('Expected the modeler to write the flow, found nothing')
  return xml
}
