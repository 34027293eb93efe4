import { Label } from '@ui5/webcomponents-react/Label'
import type { ReactNode } from 'react'
import { FieldNote } from '../../components/field-note.tsx'
import { DocText } from './doc-text.tsx'

export interface FieldRowProps {
  /** Of the control. */
  readonly id: string
  readonly label: string
  readonly isRequired?: boolean
  /** What the field is for. */
  readonly doc?: string | undefined
  readonly problem?: string | undefined
  /** What to know of the value. */
  readonly hint?: string | undefined
  /** The control, and buttons beside it. */
  readonly children: ReactNode
}

/** A line of the sheet: the label, the control, what it is for; below it what is wrong or to be known. */
export function FieldRow({ id, label, isRequired = false, doc, problem, hint, children }: FieldRowProps) {
  return (
    <div className="sheet-field">
      <Label for={id} required={isRequired} showColon>
        {label}
      </Label>
      <div className="sheet-control">
        <div className="sheet-line">{children}</div>
        <FieldNote problem={problem} hint={hint} />
      </div>
      {doc !== undefined && doc !== '' && (
        <span className="sheet-doc" title={doc}>
          <DocText text={doc} />
        </span>
      )}
    </div>
  )
}
