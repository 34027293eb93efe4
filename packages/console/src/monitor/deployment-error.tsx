import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { readStart } from '../api/download.ts'
import { entityPath } from '../api/odata.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { Section } from '../components/section.tsx'
import { shownBytesMax, TextBlock } from '../components/text-content.tsx'

/** Why the deployment of an artifact failed; nothing where it did not. */
export function DeploymentError({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const path = `${entityPath('IntegrationRuntimeArtifacts', id)}/ErrorInformation/$value`
  const { data } = useQuery({
    queryKey: [path],
    queryFn: async () => errorTextIn((await readStart(path, shownBytesMax)).text),
  })
  if (!data) return null
  return (
    <Section title={t('message.error')} actions={<CopyButton text={data} of={t('message.error')} />}>
      <TextBlock text={data} label={t('artifacts.deploymentError')} />
    </Section>
  )
}

/** The whole text in the document that says why a deployment failed; empty where none did. */
function errorTextIn(document: string): string {
  if (document === '') return ''
  const { parameter, message } = JSON.parse(document) as {
    parameter?: readonly string[]
    message?: { messageText?: string }
  }
  return parameter?.[0] ?? message?.messageText ?? document
}
