import { Label } from '@ui5/webcomponents-react/Label'
import { type ReactNode, useId } from 'react'
import { FieldNote } from './field-note.tsx'

export interface FieldFrameProps {
  readonly label: string
  readonly required: boolean | undefined
  readonly problem: string | undefined
  readonly hint: string | undefined
  /** The control, with the ID that its label refers to. */
  readonly children: (id: string) => ReactNode
}

/** A control with its label above, and what is wrong with it or what to know below. */
export function FieldFrame({ label, required = false, problem, hint, children }: FieldFrameProps) {
  const id = useId()
  return (
    <div>
      <Label for={id} required={required}>
        {label}
      </Label>
      {children(id)}
      <FieldNote problem={problem} hint={hint} />
    </div>
  )
}
