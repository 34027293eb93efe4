import type { ElementTemplate } from '../../compile/step.ts'
import type { ChannelOutline, FlowOutline, StepOutline, SystemOutline } from '../flow-template.ts'
import { found } from './found.ts'

/** A rectangle of the diagram, in its units. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Something with an ID and a place. */
export interface Placed<Outline> {
  readonly id: string
  readonly outline: Outline
  readonly box: Box
}

/** A row of steps, from left to right. */
export type PlacedSteps = readonly Placed<StepOutline>[]

/** An arrow that carries a message between a system and a step. */
export interface PlacedChannel {
  readonly id: string
  readonly direction: 'Sender' | 'Receiver'
  readonly outline: ChannelOutline
  readonly step: Placed<StepOutline>
  readonly system: Placed<SystemOutline>
}

/** An outline with IDs and places. */
export interface PlacedFlow {
  readonly pool: Box
  readonly steps: PlacedSteps
  readonly subprocess: { readonly box: Box; readonly steps: PlacedSteps } | undefined
  readonly systems: readonly Placed<SystemOutline>[]
  readonly channels: readonly PlacedChannel[]
}

/** What a step's element is, by its type. */
export type TemplateOf = (type: string) => ElementTemplate

const left = 250
const gap = 90
/** Below the top of the pool: the middle of the process's own steps, and of those of its exception subprocess. */
const middle = 98
const middleOnFailure = 250
const system = { width: 100, height: 140 }

/** Gives IDs and places: the process in the middle, senders to the left, receivers to the right or above the step that calls. */
export function placeFlow({ systems, steps, onFailure }: FlowOutline, templateOf: TemplateOf): PlacedFlow {
  const ids = idsFor(templateOf)
  // Room for receivers above.
  const top = steps.slice(1, -1).some(({ channel }) => channel) ? 60 + system.height + 60 : 60
  const own = placeSteps(steps, left + 42, top + middle, templateOf, ids)
  const failing = onFailure && placeSteps(onFailure, left + 72, top + middleOnFailure, templateOf, ids)
  const right = Math.max(left + 540, ...[...own, ...(failing ?? [])].map(({ box }) => box.x + box.width + 72))
  const pool = { x: left, y: top, width: right - left, height: failing ? 350 : 220 }
  const subprocess = { x: left + 42, y: top + middleOnFailure - 70, width: right - left - 72, height: 140 }
  const placed = systems.map((outline, index) => ({
    id: `Participant_${index + 1}`,
    outline,
    box: { ...system, ...placeOf(outline, own, pool) },
  }))
  const channels = channelsOf(own, placed)
  return { pool, steps: own, subprocess: failing && { box: subprocess, steps: failing }, systems: placed, channels }
}

function channelsOf(steps: PlacedSteps, systems: PlacedFlow['systems']): PlacedChannel[] {
  return steps
    .flatMap(step => (step.outline.channel ? [{ step, outline: step.outline.channel }] : []))
    .map(({ step, outline }, index) => {
      const system = found(systems, ({ outline: { name } }) => name === outline.system, outline.system)
      return { id: `MessageFlow_${index + 1}`, direction: system.outline.direction, outline, step, system }
    })
}

function placeOf({ name, direction }: SystemOutline, steps: PlacedSteps, pool: Box): { x: number; y: number } {
  const y = pool.y + middle - system.height / 2
  if (direction === 'Sender') return { x: 40, y }
  const caller = steps.find(({ outline }) => outline.channel?.system === name)
  if (!caller || caller === steps.at(-1)) return { x: pool.x + pool.width + 110, y }
  return { x: caller.box.x + caller.box.width / 2 - system.width / 2, y: pool.y - system.height - 60 }
}

function placeSteps(
  steps: readonly StepOutline[],
  from: number,
  center: number,
  templateOf: TemplateOf,
  idOf: (type: string) => string,
): PlacedSteps {
  let x = from
  return steps.map(outline => {
    const size = sizeOf(templateOf(outline.type))
    const box = { x, y: center - size.height / 2, ...size }
    x += size.width + gap
    return { id: idOf(outline.type), outline, box }
  })
}

function sizeOf({ tag }: ElementTemplate): { width: number; height: number } {
  if (tag?.endsWith('Event')) return { width: 32, height: 32 }
  return tag?.endsWith('Gateway') ? { width: 40, height: 40 } : { width: 100, height: 60 }
}

/** IDs as the original's editor gives them: `CallActivity_1`, `StartEvent_1`. */
function idsFor(templateOf: TemplateOf): (type: string) => string {
  const counts = new Map<string, number>()
  return type => {
    const { tag = 'callActivity' } = templateOf(type)
    const count = (counts.get(tag) ?? 0) + 1
    counts.set(tag, count)
    return `${tag.charAt(0).toUpperCase()}${tag.slice(1)}_${count}`
  }
}

/** The ID of the sequence flow between two steps. */
export function arrowId({ from, to }: { readonly from: string; readonly to: string }): string {
  return `SequenceFlow_${from}_${to}`
}
