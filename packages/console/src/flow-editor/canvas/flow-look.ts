import { flowRenderer } from './flow-renderer.ts'
import { FlowTextRenderer } from './flow-text-renderer.ts'
import { importCrop } from './import-crop.ts'

/** Modules that make a diagram look as users of Cloud Integration know it. */
export const flowLook = [flowRenderer, importCrop, { textRenderer: ['type', FlowTextRenderer] }]
