import { parseRows } from '../../bpmn/rows.ts'
import type { TimerSchedule } from '../../compile/entry-point.ts'
import { compileCron } from '../../time/cron.ts'

/** When a timer fires. */
export interface Schedules {
  readonly firesOnDeployment: boolean
  readonly schedules: readonly TimerSchedule[]
  readonly failsWhenOver: boolean
}

interface Problem {
  readonly problem: string
}

/** Most schedules of one timer. */
const schedulesMax = 100

/**
 * Reads `scheduleKey`. Of its rows, which mirror the form in which the schedule was entered, `noOfSchedules` and
 * `schedule1`, `schedule2`, … say what is done; `startAt` and `endAt` bound it,
 * and `throwExceptionOnExpiry` says what happens when all of it is in the past.
 */
export function readSchedules(scheduleKey: string): Schedules | Problem {
  const { rows, problem } = parseRows(scheduleKey)
  if (problem !== undefined) return { problem: `a schedule in rows (${problem.replace(/\.$/, '')})` }
  const cells = new Map(rows.map(({ cells: [name = '', value = ''] }) => [name, value.trim()]))
  const count = Number(cells.get('noOfSchedules') ?? '1')
  if (!Number.isInteger(count) || count < 1 || count > schedulesMax) {
    return { problem: `1 to ${schedulesMax} schedules, found "${cells.get('noOfSchedules')}"` }
  }
  const schedules: TimerSchedule[] = []
  let firesOnDeployment = false
  for (let number = 1; number <= count; number += 1) {
    const schedule = readSchedule(cells.get(`schedule${number}`) ?? '', cells)
    if (schedule === 'once') firesOnDeployment = true
    else if ('problem' in schedule) return schedule
    else schedules.push(schedule)
  }
  return { firesOnDeployment, schedules, failsWhenOver: cells.get('throwExceptionOnExpiry') === 'true' }
}

/** `fireNow=true`, or a cron expression with `+` for blanks; parameters follow after `&`. */
function readSchedule(text: string, cells: ReadonlyMap<string, string>): TimerSchedule | 'once' | Problem {
  const [what = '', ...parameters] = text.split('&')
  const unknown = parameters.find(parameter => !parameter.startsWith('trigger.timeZone='))
  if (unknown !== undefined)
    return { problem: `a schedule with a time zone, found "${unknown}", which is not supported` }
  const startAt = cells.get('startAt') ?? ''
  // What the editor writes for a simple schedule that does not recur: on a date, or on deployment.
  const isSingle = what === 'simple.repeat=NONE'
  if (what === 'fireNow=true' || (isSingle && startAt === '')) return 'once'
  if (what === '') return { problem: 'a schedule, found none' }
  if (what.includes('=') && !isSingle) return { problem: `fireNow=true or a cron expression, found "${what}"` }
  const timeZone = parameters[0]?.slice('trigger.timeZone='.length) || 'UTC'
  if (isSingle) return compileSchedule(cronOf(startAt), timeZone)
  const schedule = compileSchedule(what.replaceAll('+', ' '), timeZone)
  const start = startAt === '' ? unbounded : compileSchedule(cronOf(startAt), timeZone)
  const endAt = cells.get('endAt') ?? ''
  const end = endAt === '' ? unbounded : compileSchedule(cronOf(endAt), timeZone)
  if ('problem' in schedule) return schedule
  if ('problem' in start) return start
  if ('problem' in end) return end
  return within(schedule, start.next(0) ?? 0, end.next(0) ?? Number.POSITIVE_INFINITY)
}

function compileSchedule(cron: string, timeZone: string): TimerSchedule | Problem {
  const compiled = compileCron(cron, timeZone)
  return 'problem' in compiled ? compiled : { cron, timeZone, next: compiled.next }
}

/** A date and time such as `2025-04-02T10:00:00` as the cron expression that is due then. Anything else is none. */
function cronOf(text: string): string {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/.exec(text)
  if (match === null) return text
  const [, year, month, day, hour, minute, second = '00'] = match
  return [second, minute, hour, day, month, '?', year].join(' ')
}

const unbounded = { next: (): number | undefined => undefined }

/** The times from `start` to `end`, both included. */
function within(schedule: TimerSchedule, start: number, end: number): TimerSchedule {
  return {
    ...schedule,
    next: after => {
      const found = schedule.next(Math.max(after, start - 1))
      return found !== undefined && found <= end ? found : undefined
    },
  }
}
