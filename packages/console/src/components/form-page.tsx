import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from './page.tsx'
import type { useSaving } from './use-saving.tsx'

export interface FormPageProps {
  readonly title: string
  readonly saving: Omit<ReturnType<typeof useSaving>, 'problems'>
  readonly onCancel: () => void
  /** The fields. */
  readonly children: ReactNode
}

/** A page that is a form. Where something is wrong with fields, the first of them gets the focus. */
export function FormPage({ title, saving, onCancel, children }: FormPageProps) {
  const { t } = useTranslation()
  const { general, isSaving, attempt, save } = saving
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (attempt) form.current?.querySelector<HTMLElement>('[value-state="Negative"]')?.focus()
  }, [attempt])
  return (
    <Page title={title}>
      <form
        ref={form}
        className="form form-page section"
        onSubmit={event => {
          event.preventDefault()
          if (!isSaving) save()
        }}
        noValidate
      >
        {general && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {general}
          </MessageStrip>
        )}
        {children}
        <div className="form-actions">
          <Button type="Submit" design="Emphasized" loading={isSaving}>
            {t('common.save')}
          </Button>
          <Button design="Transparent" onClick={onCancel}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Page>
  )
}
