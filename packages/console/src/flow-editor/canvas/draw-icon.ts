import { iconOf } from '../step-icons.ts'
import { create } from './svg.ts'

/** Draws the icon of a step with its upper left corner at (`x`, `y`); it is 24 by 16 times `scale`. */
export function drawIcon(
  parent: SVGElement,
  variant: string,
  { x, y, scale = 1 }: { x: number; y: number; scale?: number },
): void {
  const { lines, filled, text, tone } = iconOf(variant)
  const icon = create('g', { class: `flow-icon flow-tone-${tone}`, transform: `translate(${x} ${y}) scale(${scale})` })
  for (const line of lines) {
    const place = typeof line === 'string' ? {} : { transform: `translate(${line.x} ${line.y})` }
    icon.append(create('path', { d: typeof line === 'string' ? line : line.d, ...place }))
  }
  if (filled !== undefined) icon.append(create('path', { d: filled, class: 'flow-icon-filled' }))
  if (text !== undefined) {
    const letters = create('text', { x: 12, y: 12.5, 'text-anchor': 'middle', class: 'flow-icon-text' })
    letters.textContent = text
    icon.append(letters)
  }
  parent.append(icon)
}
