import type { Diagram } from '../diagram.ts'
import { withExpandedSubprocesses } from '../expanded-subprocesses.ts'
import { showStart } from '../fit.ts'

/** Shows the flow of an .iflw file in a diagram. */
export async function show(diagram: Diagram, text: string): Promise<Diagram> {
  try {
    await diagram.importXML(withExpandedSubprocesses(text))
    showStart(diagram)
    return diagram
  } catch (error) {
    diagram.destroy()
    throw error
  }
}
