import { tab, text } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { Exchange } from '../run/exchange.ts'
import { readSchedules } from './timer-start/schedule.ts'

const once =
  '<row><cell>triggerType</cell><cell>simple</cell></row><row><cell>schedule1</cell><cell>fireNow=true</cell></row>'
/** What the original's editor writes for a fresh timer: the form in which schedules are entered, and once on deployment. */
const onDeployment = [
  ...['dateType', 'timeType', 'dayValue', 'monthValue', 'yearValue', 'onWeekly', 'onMonthly', 'OnEveryMinute'],
  ...['fromInterval', 'toInterval', 'timeZone=( UTC 0:00 ) Greenwich Mean Time(Etc/GMT)', 'secondValue=0'],
  ...['minutesValue', 'hourValue', 'triggerType=simple', 'noOfSchedules=1', 'schedule1=fireNow=true'],
]
  .map(entry => entry.replace(/^(\w+)=?(.*)$/, '<row><cell>$1</cell><cell>$2</cell></row>'))
  .join('')
const everyFiveMinutes =
  '<row><cell>triggerType</cell><cell>cron</cell></row><row><cell>noOfSchedules</cell><cell>1</cell></row><row><cell>schedule1</cell><cell>0+0/5+0-23+?+*+*+*&amp;trigger.timeZone=Europe/Berlin</cell></row>'

export const timerStart = defineStep({
  type: 'TimerStartEvent',
  label: 'Start Timer',
  doc: [
    'Starts an integration process with an empty message by the clock: once when the flow is deployed (not when the server',
    'starts again), or at the times of a Quartz cron expression in a time zone. A time that comes while the last run of',
    'the timer is under way is skipped, and so are times at which the server did not run. Of several servers one runs it.',
  ].join(' '),
  versions: { from: '1.0', to: '1.4' },
  group: 'Events',
  element: {
    tag: 'startEvent',
    event: 'timer',
    cname: 'intermediatetimer',
    version: '1.4.0',
    properties: { activityType: 'StartTimerEvent' },
  },
  leaves: 'one',
  props: tab('Scheduler', {
    scheduleKey: text(
      'Scheduler',
      'Rows of two cells. `schedule1` (and, up to `noOfSchedules`, further ones): `fireNow=true` or `simple.repeat=NONE` for once on deployment, or a cron expression with `+` for blanks and `&trigger.timeZone=ZONE`. `throwExceptionOnExpiry`: whether a flow whose times are all in the past cannot be deployed.',
      { fresh: onDeployment, isSchedule: true },
    ),
  }),
  examples: [
    { title: 'Once, on deployment', properties: { scheduleKey: once }, output: { body: '' } },
    { title: 'Every five minutes', properties: { scheduleKey: everyFiveMinutes }, output: { body: '' } },
  ],
  compile: ({ scheduleKey }, context) => {
    const read = readSchedules(scheduleKey)
    if ('problem' in read) {
      context.report('invalid-schedule', `Expected ${read.problem}.`)
      return undefined
    }
    const { element, processId } = context
    context.startedBy({ kind: 'timer', stepId: element.id, processId, ...read, receive: () => new Exchange() })
    return () => undefined
  },
})
