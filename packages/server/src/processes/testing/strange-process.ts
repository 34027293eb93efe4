import { Failure } from '@sluice/iflow'
import { serveRequests } from '../serve-requests.ts'

/** A process that does what a test asks of it, good or bad. */
const deeds: Readonly<Record<string, () => unknown>> = {
  process: () => process.pid,
  environment: () => Object.keys(process.env),
  fail: () => {
    throw new Failure('Expected less.', { code: 'conversion', stepId: 'Step' })
  },
  bug: () => {
    throw new TypeError('not a function')
  },
  closure: () => () => {},
  exit: () => process.exit(3),
  loop: () => {
    for (;;);
  },
  'many objects': () => {
    for (const kept: unknown[] = []; ; ) kept.push(new Array(10_000).fill('kept'))
  },
  'one object': () => JSON.parse(`[${'[],'.repeat(5_000_000)}[]]`),
}

serveRequests((request: string) => deeds[request]?.() ?? request)
