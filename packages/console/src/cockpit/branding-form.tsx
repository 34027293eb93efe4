import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Title } from '@ui5/webcomponents-react/Title'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Branding, brandingKey, legalLinks, resetBranding, updateBranding } from '../api/branding.ts'
import { BrandedFrame } from '../app/branded-frame.tsx'
import { ConfirmButton } from '../components/confirm-button.tsx'
import type { Problems } from '../components/field-problems.ts'
import { Section } from '../components/section.tsx'
import { TextField } from '../components/text-field.tsx'
import { useRefusal } from '../components/use-refusal.tsx'
import { type BrandingDraft, brandingDraftOf, brandingOf, isColor } from './branding-draft.ts'
import { LogoField } from './logo-field.tsx'
import { ThemeFields } from './theme-fields.tsx'

/** Changes how end-user pages look, with a preview of what is typed. */
export function BrandingForm({ branding }: { readonly branding: Branding }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [draft, setDraft] = useState(() => brandingDraftOf(branding))
  const saving = useMutation({
    mutationFn: () => updateBranding(brandingOf(draft)),
    onSuccess: saved => queries.setQueryData(brandingKey, saved),
  })
  const refused = useRefusal(saving.error, {
    background: t('cockpit.branding.background'),
    button: t('cockpit.branding.button'),
    buttonText: t('cockpit.branding.buttonText'),
    legalDisclosure: t('signIn.links.legalDisclosure'),
    privacyPolicy: t('signIn.links.privacyPolicy'),
    termsOfUse: t('signIn.links.termsOfUse'),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  const changed = () => queries.invalidateQueries({ queryKey: brandingKey })
  const reset = async () => {
    await resetBranding()
    setDraft(brandingDraftOf({}))
    await changed()
  }
  return (
    <Section title={t('cockpit.branding.pages')}>
      <span>{t('cockpit.branding.text')}</span>
      <div className="columns">
        <form className="form" onSubmit={submit} noValidate>
          {refused.general && (
            <MessageStrip design="Negative" hideCloseButton role="alert">
              {refused.general}
            </MessageStrip>
          )}
          <ThemeFields draft={draft} onChange={setDraft} />
          <LogoField logo={branding.logo} onChanged={changed} />
          <LinkFields draft={draft} problems={refused.fields} onChange={setDraft} />
          <div className="form-actions">
            <Button type="Submit" design="Emphasized" loading={saving.isPending}>
              {t('common.save')}
            </Button>
            <ConfirmButton
              text={t('cockpit.branding.reset')}
              of={t('cockpit.branding.title')}
              question={t('cockpit.branding.resetText')}
              action={reset}
            />
          </div>
          <Toast open={saving.isSuccess} onClose={saving.reset}>
            {t('cockpit.branding.saved')}
          </Toast>
        </form>
        <Preview draft={draft} logo={branding.logo} />
      </div>
    </Section>
  )
}

interface LinkFieldsProps {
  readonly draft: BrandingDraft
  readonly problems: Problems<(typeof legalLinks)[number]>
  readonly onChange: (draft: BrandingDraft) => void
}

function LinkFields({ draft, problems, onChange }: LinkFieldsProps) {
  const { t } = useTranslation()
  return legalLinks.map(name => (
    <TextField
      key={name}
      label={t(`signIn.links.${name}`)}
      value={draft.links[name]}
      onChange={value => onChange({ ...draft, links: { ...draft.links, [name]: value } })}
      problem={problems[name]}
      {...(name === 'termsOfUse' && { hint: t('cockpit.branding.linkHint') })}
    />
  ))
}

function Preview({ draft, logo }: { readonly draft: BrandingDraft; readonly logo: string | undefined }) {
  const { t } = useTranslation()
  const { colors, links } = brandingOf(draft)
  const isWhole = colors === undefined || Object.values(colors).every(isColor)
  return (
    <figure className="preview">
      <figcaption>{t('cockpit.branding.preview')}</figcaption>
      <div inert>
        <BrandedFrame
          branding={{ ...(isWhole && colors && { colors }), ...(links && { links }), ...(logo && { logo }) }}
        >
          <div className="form">
            <Title level="H4">{t('app.title')}</Title>
            <Button design="Emphasized">{t('signIn.submit')}</Button>
          </div>
        </BrandedFrame>
      </div>
    </figure>
  )
}
