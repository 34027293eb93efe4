import type { Bounds } from '../diagram.ts'
import { drawLines, linesOf, sizeOf } from './text.ts'

/** Of names beside their element. */
export const labelLayout = { size: 11, width: 100, linesMax: 3 } as const

/**
 * In place of bpmn-js's `textRenderer`: measures without having the browser lay out the page, which takes long in large flows.
 */
export class FlowTextRenderer {
  getExternalLabelBounds({ x, y, width }: Bounds, text: string): Bounds {
    const size = sizeOf(linesOf(text, labelLayout), labelLayout.size)
    return { ...size, x: Math.round(x + width / 2 - size.width / 2), y }
  }

  getTextAnnotationBounds(bounds: Bounds, text: string): Bounds {
    const lines = linesOf(text, { size: 12, width: bounds.width - 10, linesMax: 50 })
    return { ...bounds, height: Math.max(40, sizeOf(lines, 12).height + 10) }
  }

  getDimensions(text: string, options: { readonly box?: { readonly width?: number } } = {}) {
    return sizeOf(linesOf(text, { size: 12, width: options.box?.width ?? 150, linesMax: 50 }), 12)
  }

  /** For what bpmn-js draws itself, such as text annotations. */
  createText(text: string, options: { readonly box?: { readonly width?: number } } = {}): SVGElement {
    const parent = document.createElementNS('http://www.w3.org/2000/svg', 'g')
    const width = options.box?.width ?? 100
    return drawLines(parent, linesOf(text, { size: 12, width: width - 10, linesMax: 50 }), {
      x: 7,
      y: 5,
      size: 12,
      anchor: 'start',
    })
  }

  getDefaultStyle() {
    return { fontFamily: 'inherit', fontSize: 12, fontWeight: 'normal', lineHeight: 1.25 }
  }

  getExternalStyle() {
    return { ...this.getDefaultStyle(), fontSize: labelLayout.size }
  }
}
