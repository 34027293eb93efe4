import type { Canvas, Diagram } from '../diagram.ts'
import { withExpandedSubprocesses } from '../expanded-subprocesses.ts'

/** Shows the flow of an .iflw file in a diagram, as much of it as there is room for. */
export async function show(diagram: Diagram, text: string): Promise<Diagram> {
  try {
    await diagram.importXML(withExpandedSubprocesses(text))
    diagram.get<Canvas>('canvas').zoom('fit-viewport', 'auto')
    return diagram
  } catch (error) {
    diagram.destroy()
    throw error
  }
}
