import { Title } from '@ui5/webcomponents-react/Title'
import { type ReactNode, useId } from 'react'

export interface SectionProps {
  readonly title: string
  /** Buttons of the section, beside its title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A part of a page with a title of its own. */
export function Section({ title, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section className="section" aria-labelledby={id}>
      <div className="page-header">
        <Title level="H3" size="H5" id={id}>
          {title}
        </Title>
        {actions && <div className="page-actions">{actions}</div>}
      </div>
      {children}
    </section>
  )
}
