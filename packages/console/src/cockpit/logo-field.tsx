import '@ui5/webcomponents-icons/dist/delete.js'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { FileUploader } from '@ui5/webcomponents-react/FileUploader'
import { Label } from '@ui5/webcomponents-react/Label'
import { useTranslation } from 'react-i18next'
import { deleteLogo, uploadLogo } from '../api/branding.ts'
import { ConfirmButton } from '../components/confirm-button.tsx'
import { useErrorText } from '../components/error-state.tsx'
import { FieldNote } from '../components/field-note.tsx'

export interface LogoFieldProps {
  /** Where the image is. */
  readonly logo: string | undefined
  readonly onChanged: () => Promise<unknown>
}

/** The logo: chosen, which replaces it at once, or deleted. */
export function LogoField({ logo, onChanged }: LogoFieldProps) {
  const { t } = useTranslation()
  const uploading = useMutation({ mutationFn: uploadLogo, onSuccess: onChanged })
  const problem = useErrorText(uploading.error)
  return (
    <div>
      <Label>{t('cockpit.branding.logo')}</Label>
      <div className="field-line">
        {logo === undefined ? (
          <span>{t('cockpit.branding.noLogo')}</span>
        ) : (
          <img className="sign-in-logo" src={logo} alt={t('cockpit.branding.logo')} />
        )}
        <FileUploader
          hideInput
          accept="image/png,image/jpeg,image/gif,image/webp"
          accessibleName={t('cockpit.branding.chooseLogo')}
          onChange={({ detail: { files } }) => files?.[0] && uploading.mutate(files[0])}
        >
          <Button loading={uploading.isPending}>{t('cockpit.branding.chooseLogo')}</Button>
        </FileUploader>
        {logo !== undefined && (
          <ConfirmButton
            icon="delete"
            text={t('cockpit.branding.deleteLogo')}
            of={t('cockpit.branding.logo')}
            question={t('cockpit.branding.deleteLogoText')}
            action={() => deleteLogo().then(onChanged)}
          />
        )}
      </div>
      <FieldNote problem={problem} hint={t('cockpit.branding.logoHint')} />
    </div>
  )
}
