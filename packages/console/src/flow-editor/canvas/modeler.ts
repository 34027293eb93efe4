import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import Modeler from 'bpmn-js/lib/Modeler'
import type { Diagram } from '../diagram.ts'
import { flowChangesModule } from '../flow-changes.ts'
import { flowLook } from './flow-look.ts'
import { flowUpdater } from './flow-updater.ts'
import { show } from './show.ts'

const withoutPalette = { paletteProvider: ['value', null] }

/** As `openViewer`, to be changed. */
export function openModeler(container: HTMLElement, text: string): Promise<Diagram> {
  const additionalModules = [...flowLook, flowUpdater, withoutPalette, flowChangesModule]
  return show(new Modeler({ container, additionalModules }) as unknown as Diagram, text)
}
