import { Title } from '@ui5/webcomponents-react/Title'
import type { ReactNode } from 'react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

export interface PageProps {
  readonly title: string
  /** Buttons of the page, beside its title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A page below the shell, seen from its top: its title, also of the browser's tab, its actions, its content. */
export function Page({ title, actions, children }: PageProps) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = `${title} – ${t('app.title')}`
    document.getElementById('content')?.scrollTo({ top: 0 })
  }, [title, t])
  return (
    <div className="page">
      <div className="page-header">
        <Title level="H2" size="H3">
          {title}
        </Title>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </div>
  )
}
