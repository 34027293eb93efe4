import { readRows, type TableRow, withCell, withNewRow, writeRows } from './table-rows.ts'

/** When a timer fires, as far as it can be said in a form. */
export type Schedule =
  | { readonly mode: 'once' }
  | { readonly mode: 'daily'; readonly time: string; readonly timeZone: string }
  | {
      readonly mode: 'interval'
      /** Minutes between two runs, and the hours of the day between which there are any; all as text. */
      readonly every: string
      readonly from: string
      readonly to: string
      readonly timeZone: string
    }
  /** Seven fields of Quartz: second, minute, hour, day of month, month, day of week, year. */
  | { readonly mode: 'cron'; readonly cron: string; readonly timeZone: string }

/** Reads the rows of a timer; undefined where they say more than a form can, such as two schedules. */
export function readSchedule(value: string): Schedule | undefined {
  const { rows, problem } = readRows(value)
  const cells = new Map(rows.map(({ cells: [name, text] }) => [name?.text ?? '', text?.text ?? '']))
  const isBounded = [cells.get('startAt'), cells.get('endAt')].some(bound => bound !== undefined && bound !== '')
  if (problem !== undefined || isBounded || Number(cells.get('noOfSchedules') || 1) !== 1) return undefined
  const [what = '', zone = '', ...more] = (cells.get('schedule1') ?? '').split('&')
  if (what === 'fireNow=true' || what === 'simple.repeat=NONE') return { mode: 'once' }
  const timeZone = /^trigger\.timeZone=(.+)$/.exec(zone)?.[1]
  if (more.length > 0 || (zone !== '' && timeZone === undefined) || what === '' || what.includes('=')) return undefined
  return ofCron(what, timeZone ?? 'Etc/GMT')
}

function ofCron(text: string, timeZone: string): Schedule {
  const daily = /^0\+(\d+)\+(\d+)\+\?\+\*\+\*\+\*$/.exec(text)
  if (daily) return { mode: 'daily', time: `${padded(daily[2])}:${padded(daily[1])}`, timeZone }
  const interval = /^0\+0\/(\d+)\+(\d+)-(\d+)\+\?\+\*\+\*\+\*$/.exec(text)
  if (interval) {
    const [, every = '', from = '', last = ''] = interval
    return { mode: 'interval', every, from, to: String(Number(last) + 1), timeZone }
  }
  return { mode: 'cron', cron: text.replaceAll('+', ' '), timeZone }
}

/** What is wrong with a schedule that a person wrote; undefined for one that can be kept. */
export function scheduleProblem(schedule: Schedule): 'time' | 'every' | 'hours' | 'cron' | undefined {
  if (schedule.mode === 'daily') return /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(schedule.time) ? undefined : 'time'
  if (schedule.mode === 'interval') {
    const { every, from, to } = schedule
    if (!/^\d+$/.test(every) || Number(every) < 1 || Number(every) > 59) return 'every'
    const areHours = [from, to].every(hour => /^\d+$/.test(hour) && Number(hour) <= 24)
    return areHours && Number(from) < Number(to) ? undefined : 'hours'
  }
  if (schedule.mode === 'cron') return schedule.cron.trim().split(/\s+/).length === 7 ? undefined : 'cron'
  return undefined
}

/** What the original's form writes beside the schedule itself; a schedule empties what its form does not have. */
const formCells = [
  ...['dateType', 'timeType', 'dayValue', 'monthValue', 'yearValue', 'onWeekly', 'onMonthly', 'OnEveryMinute'],
  ...['OnEveryHour', 'OnEverySecond', 'fromInterval', 'toInterval', 'minutesValue', 'hourValue'],
  ...['second', 'minute', 'hour', 'day_of_month', 'month', 'dayOfWeek', 'year'],
  ...['startAt', 'endAt', 'attributeBehaviour'],
]

/** The rows with another schedule: those that say something else of the timer stay. */
export function writeSchedule(value: string, schedule: Schedule): string {
  const cells = new Map([...formCells.map(name => [name, ''] as const), ...cellsOf(schedule)])
  let rows = readRows(value).rows
  for (const [name, text] of cells) rows = withNamed(rows, name, text)
  return writeRows(rows)
}

function withNamed(rows: readonly TableRow[], name: string, text: string): readonly TableRow[] {
  const index = rows.findIndex(({ cells: [cell] }) => cell?.text === name)
  const row = rows[index]
  if (row) return rows.with(index, withCell(row, '', 1, text))
  if (text === '') return rows
  const longer = withNewRow(rows, [{ id: '' }, { id: '' }])
  const fresh = longer.at(-1)
  return fresh ? longer.with(-1, withCell(withCell(fresh, '', 0, name), '', 1, text)) : rows
}

function cellsOf(schedule: Schedule): ReadonlyMap<string, string> {
  const trigger = { triggerType: schedule.mode === 'once' ? 'simple' : 'cron', noOfSchedules: '1' }
  const at = (cells: Readonly<Record<string, string>>, cron: string, timeZone: string) =>
    new Map(
      Object.entries({
        ...cells,
        timeZone: zoneText(timeZone),
        ...trigger,
        schedule1: `${cron}&trigger.timeZone=${timeZone}`,
      }),
    )
  switch (schedule.mode) {
    case 'once':
      return new Map(Object.entries({ ...trigger, schedule1: 'fireNow=true' }))
    case 'daily': {
      const [hour = '', minute = ''] = schedule.time.split(':')
      const cells = { dateType: 'DAILY', timeType: 'ON_TIME', hourValue: hour, minutesValue: minute }
      return at(cells, `0+${Number(minute)}+${Number(hour)}+?+*+*+*`, schedule.timeZone)
    }
    case 'interval': {
      const { every, from, to, timeZone } = schedule
      const times = { OnEveryMinute: every, fromInterval: from, toInterval: to, secondValue: '0' }
      const cells = { dateType: 'DAILY', timeType: 'TIME_INTERVAL', ...times }
      return at(cells, `0+0/${every}+${from}-${Number(to) - 1}+?+*+*+*`, timeZone)
    }
    case 'cron': {
      const fields = schedule.cron.trim().split(/\s+/)
      const names = ['second', 'minute', 'hour', 'day_of_month', 'month', 'dayOfWeek', 'year']
      const cells = Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']))
      return at({ dateType: 'ADVANCED', ...cells }, fields.join('+'), schedule.timeZone)
    }
  }
}

/** As the original shows a time zone: `( UTC 1:00 ) Central European Standard Time(Europe/Berlin)`. */
function zoneText(timeZone: string): string {
  // A zone's own offset is that of winter in the north; what the server does hangs on the id alone.
  const winter = new Date('2025-01-01T00:00:00Z')
  const part = (timeZoneName: 'longOffset' | 'long') =>
    new Intl.DateTimeFormat('en', { timeZone, timeZoneName })
      .formatToParts(winter)
      .find(each => each.type === 'timeZoneName')?.value ?? ''
  try {
    const [, sign = '', hours = '0', minutes = '00'] = /GMT(?:([+-])(\d+):(\d+))?/.exec(part('longOffset')) ?? []
    return `( UTC ${sign === '-' ? '-' : ''}${Number(hours)}:${minutes} ) ${part('long')}(${timeZone})`
  } catch {
    return `( UTC 0:00 ) ${timeZone}(${timeZone})`
  }
}

function padded(number = ''): string {
  return number.padStart(2, '0')
}
