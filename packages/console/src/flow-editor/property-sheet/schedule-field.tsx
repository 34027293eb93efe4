import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PropertyComponent } from '../../api/components.ts'
import { ChoiceControl, LinesControl, TextControl } from './controls.tsx'
import { ExternaliseButtons } from './externalise-buttons.tsx'
import { FieldRow } from './field-row.tsx'
import { NameControl } from './name-control.tsx'
import { readSchedule, type Schedule, scheduleProblem, writeSchedule } from './schedule.ts'
import { useSheet } from './sheet.ts'
import { parametersChange, useExternalisable } from './use-externalisable.ts'

/** When a timer fires. A whole schedule that is externalised is changed where it is: in its parameter. */
export function ScheduleField({ property }: { readonly property: PropertyComponent }) {
  const { t } = useTranslation()
  const sheet = useSheet()
  const { state, isReadOnly, setProperties, change } = sheet
  const externalisable = useExternalisable(property)
  const id = useId()
  const { value } = externalisable
  const parameter = state.parameters.get(/^\{\{(.*)\}\}$/.exec(value)?.[1] ?? '')
  const rows = parameter?.value ?? value
  const [wanted, setWanted] = useState<Schedule>()
  const schedule = wanted ?? readSchedule(rows)
  const save = (next: Schedule) => {
    const isWrong = scheduleProblem(next) !== undefined
    setWanted(isWrong ? next : undefined)
    if (isWrong) return
    const text = writeSchedule(rows, next)
    if (parameter) change(parametersChange(sheet, [{ ...parameter, value: text }]))
    else setProperties({ [property.key]: text })
  }
  const hint = parameter && t('sheet.schedule.inParameter', { name: parameter.name })
  const buttons = !isReadOnly && <ExternaliseButtons {...externalisable} type="custom:schedule" />
  if (!schedule) {
    const common = { id, label: property.label, value, isReadOnly }
    return (
      <FieldRow id={id} label={property.label} doc={property.doc} hint={hint}>
        <LinesControl {...common} onCommit={text => setProperties({ [property.key]: text })} />
        {buttons}
      </FieldRow>
    )
  }
  return (
    <>
      <FieldRow id={id} label={property.label} hint={hint}>
        <ChoiceControl
          id={id}
          label={property.label}
          value={schedule.mode}
          isReadOnly={isReadOnly}
          choices={modes.map(mode => ({ value: mode, text: t(`sheet.schedule.${mode}`) }))}
          onCommit={mode => save(begun(mode as Schedule['mode'], schedule))}
        />
        {buttons}
      </FieldRow>
      <ScheduleFields schedule={schedule} onChange={save} />
    </>
  )
}

const modes = ['once', 'daily', 'interval', 'cron'] as const satisfies readonly Schedule['mode'][]

/** What a form begins with, in the time zone that was chosen or is the person's own. */
function begun(mode: Schedule['mode'], before: Schedule): Schedule {
  const timeZone = before.mode === 'once' ? Intl.DateTimeFormat().resolvedOptions().timeZone : before.timeZone
  if (mode === 'daily') return { mode, time: '08:00', timeZone }
  if (mode === 'interval') return { mode, every: '5', from: '0', to: '24', timeZone }
  return mode === 'cron' ? { mode, cron: '0 0/5 * ? * * *', timeZone } : { mode: 'once' }
}

interface ScheduleFieldsProps {
  readonly schedule: Schedule
  readonly onChange: (schedule: Schedule) => void
}

function ScheduleFields({ schedule, onChange }: ScheduleFieldsProps) {
  const { t } = useTranslation()
  const { isReadOnly } = useSheet()
  const id = useId()
  if (schedule.mode === 'once') return null
  const problem = scheduleProblem(schedule)
  const names = fields[schedule.mode]
  return (
    <>
      {names.map((name, index) => (
        <ScheduleText
          key={name}
          name={name}
          value={(schedule as unknown as Readonly<Record<string, string>>)[name] ?? ''}
          problem={
            problem !== undefined && index === names.length - 1 ? t(`sheet.schedule.problems.${problem}`) : undefined
          }
          onCommit={text => onChange({ ...schedule, [name]: text })}
        />
      ))}
      <FieldRow id={id} label={t('sheet.schedule.timeZone')}>
        <NameControl
          id={id}
          label={t('sheet.schedule.timeZone')}
          value={schedule.timeZone}
          isReadOnly={isReadOnly}
          names={undefined}
          usual={Intl.supportedValuesOf('timeZone')}
          onCommit={timeZone => onChange({ ...schedule, timeZone })}
        />
      </FieldRow>
    </>
  )
}

const fields = { daily: ['time'], interval: ['every', 'from', 'to'], cron: ['cron'] } as const

interface ScheduleTextProps {
  readonly name: (typeof fields)[keyof typeof fields][number]
  readonly value: string
  readonly problem: string | undefined
  readonly onCommit: (text: string) => void
}

function ScheduleText({ name, value, problem, onCommit }: ScheduleTextProps) {
  const { t } = useTranslation()
  const { isReadOnly } = useSheet()
  const id = useId()
  const label = t(`sheet.schedule.fields.${name}`)
  return (
    <FieldRow id={id} label={label} problem={problem} doc={name === 'cron' ? t('sheet.schedule.cronDoc') : undefined}>
      <TextControl id={id} label={label} value={value} isReadOnly={isReadOnly} problem={problem} onCommit={onCommit} />
    </FieldRow>
  )
}
