import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import Modeler from 'bpmn-js/lib/Modeler'
import type { Diagram } from '../diagram.ts'
import { flowChangesModule } from '../flow-changes.ts'
import { importCrop } from './import-crop.ts'
import { show } from './show.ts'

const withoutPalette = { paletteProvider: ['value', null] }

/** As `openViewer`, to be changed. */
export function openModeler(container: HTMLElement, text: string): Promise<Diagram> {
  return show(
    new Modeler({
      container,
      additionalModules: [importCrop, withoutPalette, flowChangesModule],
    }) as unknown as Diagram,
    text,
  )
}
