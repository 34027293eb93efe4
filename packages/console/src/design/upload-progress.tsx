import { BusyIndicator } from '@ui5/webcomponents-react/BusyIndicator'
import { ProgressIndicator } from '@ui5/webcomponents-react/ProgressIndicator'
import { useTranslation } from 'react-i18next'

export interface UploadProgressProps {
  /** How much has been sent, from 0 to 1. */
  readonly share: number
  /** Of the file. */
  readonly name: string
}

/** How far a file is on its way to the server and, once it is there, that the server works on it. */
export function UploadProgress({ share, name }: UploadProgressProps) {
  const { t } = useTranslation()
  if (share >= 1) return <BusyIndicator active text={t('design.importing', { name })} />
  const percent = Math.round(share * 100)
  return <ProgressIndicator value={percent} accessibleName={t('design.sending', { name })} />
}
