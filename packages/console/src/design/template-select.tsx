import { useQuery } from '@tanstack/react-query'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useTranslation } from 'react-i18next'
import { type FlowTemplate, flowTemplatesQuery } from '../api/flow-templates.ts'

/** The template that flows are made of when no other is chosen; the same as without content. */
export const plainTemplate = 'empty'

/** What is known of templates in the languages of the console. */
const texts = {
  empty: 'design.templateEmpty',
  'https-to-reply': 'design.templateHttpsToReply',
  'timer-to-http': 'design.templateTimerToHttp',
  'exception-subprocess': 'design.templateExceptionSubprocess',
} as const

export interface TemplateSelectProps {
  readonly value: string
  readonly onChange: (template: string) => void
}

/** Which flow to begin with. Nothing where the server does not say which there are: a flow can be made all the same. */
export function TemplateSelect({ value, onChange }: TemplateSelectProps) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(flowTemplatesQuery)
  if (data.length === 0) return null
  const textOf = ({ type, label }: FlowTemplate) => (type in texts ? t(texts[type as keyof typeof texts]) : label)
  return (
    <div>
      <Label for="template">{t('design.template')}</Label>
      <Select
        id="template"
        value={value}
        tooltip={data.find(({ type }) => type === value)?.doc}
        onChange={({ target }) => onChange(target.value ?? plainTemplate)}
      >
        {data.map(template => (
          <Option key={template.type} value={template.type} tooltip={template.doc}>
            {textOf(template)}
          </Option>
        ))}
      </Select>
    </div>
  )
}
