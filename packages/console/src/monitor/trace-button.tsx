import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useTranslation } from 'react-i18next'
import { setLogLevel } from '../api/log-level.ts'
import { useErrorText } from '../components/error-state.tsx'

/** Has the messages of a flow traced for a while, and says for how long. */
export function TraceButton({ flow }: { readonly flow: string }) {
  const { t } = useTranslation()
  const setting = useMutation({ mutationFn: () => setLogLevel(flow, 'TRACE') })
  const problem = useErrorText(setting.error)
  const said = problem ?? (setting.isSuccess ? t('message.traced') : undefined)
  return (
    <>
      <Button loading={setting.isPending} onClick={() => setting.mutate()}>
        {t('message.trace')}
      </Button>
      <Toast open={said !== undefined} duration={6_000} onClose={setting.reset}>
        {said}
      </Toast>
    </>
  )
}
