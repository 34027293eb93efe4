import { create } from './svg.ts'

const fontFamily = '"72", Arial, Helvetica, sans-serif'
const widths = new Map<string, number>()
let context: CanvasRenderingContext2D | undefined

/** How wide a text is, in pixels; measured without touching the page. */
function widthOf(text: string, size: number): number {
  const key = `${size} ${text}`
  const known = widths.get(key)
  if (known !== undefined) return known
  context ??= document.createElement('canvas').getContext('2d') ?? undefined
  if (!context) return text.length * size * 0.5
  context.font = `${size}px ${fontFamily}`
  const { width } = context.measureText(text)
  if (widths.size > 20_000) widths.clear()
  widths.set(key, width)
  return width
}

/** How a text is set. `size`, `width`: in pixels. */
export interface TextLayout {
  readonly size: number
  readonly width: number
  readonly linesMax: number
}

/** The lines of a text: broken at blanks and where names have joints, in words too long for a line; cut with an ellipsis. */
export function linesOf(text: string, { size, width, linesMax }: TextLayout): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const part of text.trim().split(/(?<=[\s_\-./])|(?<=[a-z])(?=[A-Z])/u)) {
    if (line !== '' && widthOf((line + part).trimEnd(), size) > width) {
      lines.push(line.trimEnd())
      line = ''
    }
    for (line += part; widthOf(line.trimEnd(), size) > width; ) {
      const fitting = fittingLength(line, size, width)
      lines.push(line.slice(0, fitting))
      line = line.slice(fitting)
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  if (lines.length <= linesMax) return lines
  const last = lines.slice(linesMax - 1).join(' ')
  return [...lines.slice(0, linesMax - 1), `${last.slice(0, fittingLength(last, size, width - size))}…`]
}

function fittingLength(text: string, size: number, width: number): number {
  let length = text.length
  while (length > 1 && widthOf(text.slice(0, length), size) > width) length -= 1
  return length
}

export const lineHeight = 1.25

/** How much room lines need. */
export function sizeOf(lines: readonly string[], size: number): { width: number; height: number } {
  return {
    width: Math.ceil(Math.max(...lines.map(line => widthOf(line, size)), size)),
    height: Math.ceil(Math.max(lines.length, 1) * size * lineHeight),
  }
}

/** Draws lines below each other; `x` is their middle, or where they begin, `y` their top. Whatever is in them is text. */
export function drawLines(
  parent: SVGElement,
  lines: readonly string[],
  { x, y, size, anchor = 'middle' }: { x: number; y: number; size: number; anchor?: 'middle' | 'start' },
): SVGElement {
  const text = create('text', { 'text-anchor': anchor, class: `flow-text flow-text-${size} djs-label` })
  lines.forEach((line, index) => {
    const span = create('tspan', { x, y: y + size * (0.95 + index * lineHeight) })
    span.textContent = line
    text.append(span)
  })
  parent.append(text)
  return text
}
