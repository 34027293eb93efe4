import { croppedWaypoints, type Docking } from '../cropped-waypoints.ts'
import type { DiagramElement, EventBus } from '../diagram.ts'
import { outlineOf } from './outline-of.ts'

/**
 * Connections of an opened file end at the outlines of what they connect. That is drawn only: the file keeps its waypoints
 * until a connection is changed.
 */
class ImportCrop {
  static readonly $inject = ['eventBus']

  constructor(events: EventBus) {
    let isImporting = false
    events.on('import.render.start', () => {
      isImporting = true
    })
    events.on('import.render.complete', () => {
      isImporting = false
    })
    events.on('connection.add', ({ element }) => {
      if (!isImporting || !element?.source || !element.target || !element.waypoints) return
      element.waypoints = croppedWaypoints(element.waypoints, dockingOf(element.source), dockingOf(element.target))
    })
  }
}

function dockingOf(element: DiagramElement): Docking {
  const { x, y, width, height } = element
  return { x, y, width, height, outline: outlineOf(element) }
}

/** Module of a diagram. */
export const importCrop = { __init__: ['importCrop'], importCrop: ['type', ImportCrop] }
