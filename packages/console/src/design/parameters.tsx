import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorState, useErrorText } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'
import { TextField } from '../components/text-field.tsx'
import { type Configuration, configure, listConfigurations } from './configurations.ts'
import { parameterProblem } from './parameter-value.ts'

type Values = Readonly<Record<string, string>>

/** Externalised parameters of a flow: values that are changed are saved together. */
export function Parameters({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery({
    queryKey: ['IntegrationPackages', 'parameters', id],
    queryFn: () => listConfigurations(id),
  })
  return (
    <Section title={t('design.parameters')}>
      {data ? (
        data.length === 0 ? (
          <span>{t('design.noParameters')}</span>
        ) : (
          <ParameterForm id={id} parameters={data} />
        )
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <BusyIndicator active delay={300} text={t('common.loading')} />
      )}
    </Section>
  )
}

function ParameterForm({ id, parameters }: { readonly id: string; readonly parameters: readonly Configuration[] }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [changed, setChanged] = useState<Values>({})
  const [isSaved, setSaved] = useState(false)
  const saving = useMutation({
    mutationFn: (sent: Values) => configure(id, new Map(Object.entries(sent))),
    onSuccess: async (_, sent) => {
      await queries.invalidateQueries({ queryKey: ['IntegrationPackages', 'parameters', id] })
      // What was typed since then stays.
      setChanged(now => Object.fromEntries(Object.entries(now).filter(([key, value]) => sent[key] !== value)))
      setSaved(true)
    },
  })
  const problem = useErrorText(saving.error)
  const hasProblem = parameters.some(({ ParameterKey, DataType }) =>
    parameterProblem(DataType, changed[ParameterKey] ?? ''),
  )
  return (
    <>
      {problem && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {problem}
        </MessageStrip>
      )}
      <div className="design-parameters">
        {parameters.map(parameter => (
          <ParameterField
            key={parameter.ParameterKey}
            parameter={parameter}
            value={changed[parameter.ParameterKey] ?? parameter.ParameterValue}
            onChange={value => setChanged(before => ({ ...before, [parameter.ParameterKey]: value }))}
          />
        ))}
      </div>
      <div>
        <Button
          design="Emphasized"
          disabled={Object.keys(changed).length === 0 || hasProblem}
          loading={saving.isPending}
          onClick={() => saving.mutate(changed)}
        >
          {t('design.saveParameters')}
        </Button>
      </div>
      <Toast open={isSaved} onClose={() => setSaved(false)}>
        {t('design.parametersSaved')}
      </Toast>
    </>
  )
}

interface ParameterFieldProps {
  readonly parameter: Configuration
  readonly value: string
  readonly onChange: (value: string) => void
}

function ParameterField({ parameter, value, onChange }: ParameterFieldProps) {
  const { t } = useTranslation()
  const { ParameterKey, DataType, Description } = parameter
  const problem = parameterProblem(DataType, value)
  return (
    <TextField
      label={ParameterKey}
      value={value}
      onChange={onChange}
      problem={problem ? t('design.parameterProblem', { type: DataType }) : undefined}
      hint={[DataType, Description].filter(text => text).join(' · ')}
    />
  )
}
