import 'bpmn-js/dist/assets/diagram-js.css'
import 'bpmn-js/dist/assets/bpmn-js.css'
import 'diagram-js-minimap/assets/diagram-js-minimap.css'
import Modeler from 'bpmn-js/lib/Modeler'
import minimap from 'diagram-js-minimap'
import type { Components } from '../../api/components.ts'
import type { Diagram } from '../diagram.ts'
import { flowChangesModule } from '../flow-changes.ts'
import { channelRequests } from './channel-requests.ts'
import { findRequests } from './find-requests.ts'
import { flowClipboard } from './flow-clipboard.ts'
import { flowContextPad } from './flow-context-pad.ts'
import { flowIds } from './flow-ids.ts'
import { flowLook } from './flow-look.ts'
import { flowRules } from './flow-rules-module.ts'
import { flowUpdater } from './flow-updater.ts'
import { NewElements } from './new-elements.ts'
import { quietLabels } from './quiet-labels.ts'
import { routeDefaults } from './route-defaults.ts'
import { show } from './show.ts'
import { stepInsertion } from './step-insertion.ts'

/** As `openViewer`, to be changed: with what the registry knows. */
export function openModeler(container: HTMLElement, text: string, components: Components): Promise<Diagram> {
  const additionalModules = [
    ...flowLook,
    flowUpdater,
    flowRules,
    flowContextPad,
    flowClipboard,
    findRequests,
    minimap,
    channelRequests,
    routeDefaults,
    quietLabels,
    stepInsertion,
    flowIds,
    flowChangesModule,
    { components: ['value', components], newElements: ['type', NewElements], paletteProvider: ['value', null] },
  ]
  return show(new Modeler({ container, additionalModules }) as unknown as Diagram, container, text)
}
