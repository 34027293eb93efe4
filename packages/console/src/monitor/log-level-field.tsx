import { useMutation, useQuery } from '@tanstack/react-query'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { useTranslation } from 'react-i18next'
import { logLevels, readLogLevel, setLogLevel } from '../api/log-level.ts'
import { ErrorState, useErrorText } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'

/** How much is kept of the messages of a flow; another choice holds at once. */
export function LogLevelField({ flow }: { readonly flow: string }) {
  const { t } = useTranslation()
  const level = useQuery({ queryKey: ['log-level', flow], queryFn: () => readLogLevel(flow) })
  const setting = useMutation({
    mutationFn: (wanted: string) => setLogLevel(flow, wanted),
    onSettled: () => level.refetch(),
  })
  const problem = useErrorText(setting.error)
  return (
    <Section title={t('artifacts.logging')}>
      {level.error && <ErrorState error={level.error} onRetry={() => void level.refetch()} />}
      {problem && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {problem}
        </MessageStrip>
      )}
      {level.data && (
        <div className="fields">
          <div>
            <Label for="log-level">{t('message.logLevel')}</Label>
            <Select
              id="log-level"
              value={setting.isPending ? setting.variables : level.data}
              onChange={({ target }) => setting.mutate(target.value ?? level.data)}
            >
              {logLevels.map(name => (
                <Option key={name} value={name}>
                  {name}
                </Option>
              ))}
            </Select>
            <span className="field-hint">{t('artifacts.logLevelHint')}</span>
          </div>
        </div>
      )}
    </Section>
  )
}
