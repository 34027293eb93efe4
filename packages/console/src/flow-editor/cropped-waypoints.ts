import type { Bounds, Point } from './diagram.ts'

/** The outline of a shape, as far as connections end at it. */
export type Outline = 'rectangle' | 'circle' | 'diamond'

export interface Docking extends Bounds {
  readonly outline: Outline
}

/** A point of a connection; `original` is where it points to behind the outline. */
export interface Waypoint extends Point {
  readonly original?: Point
}

/**
 * Waypoints that end at the outlines of the shapes that they connect: files of Cloud Integration have them end in the middle.
 * A connection whose ends are in none of the shapes stays as it is.
 */
export function croppedWaypoints(waypoints: readonly Point[], source: Docking, target: Docking): readonly Waypoint[] {
  const start = crop(waypoints, source)
  const end = crop([...waypoints].reverse(), target)
  if (!start && !end) return waypoints
  const from = start?.index ?? 0
  const to = waypoints.length - (end?.index ?? 0)
  // Where the shapes overlap, nothing is left between them.
  if (from > to) return waypoints
  return [...(start ? [start.point] : []), ...waypoints.slice(from, to), ...(end ? [end.point] : [])]
}

/** The first point, from the start on, where the line leaves the shape, and the index of the waypoint after it. */
function crop(waypoints: readonly Point[], shape: Docking): { point: Waypoint; index: number } | undefined {
  const first = waypoints[0]
  if (!first || !isInside(first, shape)) return undefined
  const index = waypoints.findIndex(point => !isInside(point, shape))
  const [inside, outside] = [waypoints[index - 1], waypoints[index]]
  if (!inside || !outside) return undefined
  return { point: { ...borderPoint(inside, outside, shape), original: first }, index }
}

const halvings = 12

/** Where a line from inside to outside crosses the outline, by halving: to a pixel. */
function borderPoint(inside: Point, outside: Point, shape: Docking): Point {
  let [near, far] = [0, 1]
  const at = (part: number): Point => ({
    x: inside.x + (outside.x - inside.x) * part,
    y: inside.y + (outside.y - inside.y) * part,
  })
  for (let step = 0; step < halvings; step += 1) {
    const middle = (near + far) / 2
    if (isInside(at(middle), shape)) near = middle
    else far = middle
  }
  const { x, y } = at(far)
  return { x: Math.round(x), y: Math.round(y) }
}

function isInside(point: Point, { x, y, width, height, outline }: Docking): boolean {
  const dx = Math.abs(point.x - x - width / 2) / (width / 2)
  const dy = Math.abs(point.y - y - height / 2) / (height / 2)
  if (outline === 'circle') return dx * dx + dy * dy < 1
  return outline === 'diamond' ? dx + dy < 1 : Math.max(dx, dy) < 1
}
