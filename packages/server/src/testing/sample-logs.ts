import { messageGuid } from '../runtime/message-guid.ts'
import type { MessageLog } from '../store/store.ts'

/** How many flows, days and logs a tenant has. */
export const sampleShape = { flows: 50, days: 30, logs: 1_000_000 } as const

const dayMs = 86_400_000

/** A generator of numbers from 0 to 1 (mulberry32): the same ones for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Of 1,000 messages. */
const statuses: readonly (readonly [upTo: number, status: MessageLog['status']])[] = [
  [970, 'COMPLETED'],
  [995, 'FAILED'],
  [998, 'ESCALATED'],
  [1_000, 'RETRY'],
]

/** Log `index` of `count` that are spread evenly over the days before `end`. One in five has custom headers. */
export function sampleLog(index: number, count: number, end: number, random: () => number): MessageLog {
  const logStart = Math.floor(end - sampleShape.days * dayMs * (1 - index / count))
  const logEnd = Math.min(end, logStart + Math.floor(2_000 * random() ** 2))
  const guid = messageGuid(logStart)
  const flow = Math.floor(random() * sampleShape.flows)
  const of1000 = random() * 1_000
  const status = statuses.find(([upTo]) => of1000 < upTo)?.[1] ?? 'COMPLETED'
  const isFailed = status !== 'COMPLETED'
  const purchase = random() < 0.2 ? `45${String(index).padStart(8, '0')}` : undefined
  return {
    messageGuid: guid,
    // One in ten was caused by another message.
    correlationId: random() < 0.1 ? messageGuid(logStart - 100) : guid,
    artifactId: flowId(flow),
    artifactName: `Replicate orders to system ${flow}`,
    packageId: `Package${flow % 7}`,
    status,
    customStatus: undefined,
    logStart,
    logEnd,
    sender: undefined,
    receiver: undefined,
    applicationMessageId: purchase,
    applicationMessageType: undefined,
    error: isFailed ? 'Expected the receiver to answer with 2xx, found 503 Service Unavailable (step Call)' : undefined,
    errorStepId: isFailed ? 'CallActivity_12' : undefined,
    ...(purchase && { details: detailsOf(purchase, flow) }),
  }
}

export function flowId(flow: number): string {
  return `Replicate_Orders_${flow}`
}

function detailsOf(purchase: string, flow: number): NonNullable<MessageLog['details']> {
  const customHeaders = [
    ['po_number', purchase],
    ['plant', `10${flow}`],
  ] as const
  return { run: undefined, customHeaders, adapterAttributes: [], attachments: [] }
}
