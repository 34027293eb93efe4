import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer'
import type { Diagram } from '../diagram.ts'
import { flowLook } from './flow-look.ts'
import { show } from './show.ts'

/**
 * Shows the flow of an .iflw file in `container`, to be looked at. `destroy()` it in the end. Throws when the file cannot be
 * read or has no diagram.
 */
export function openViewer(container: HTMLElement, text: string): Promise<Diagram> {
  return show(new NavigatedViewer({ container, additionalModules: flowLook }) as unknown as Diagram, container, text)
}
