import { Button } from '@ui5/webcomponents-react/Button'

export interface ToolProps {
  /** Of UI5; imported where it is used. */
  readonly icon: string
  readonly text: string
  /** That do the same. */
  readonly keys?: string
  readonly disabled?: boolean
  readonly onClick: () => void
}

/** A button that shows an icon only. */
export function Tool({ icon, text, keys, disabled, onClick }: ToolProps) {
  return (
    <Button
      design="Transparent"
      icon={icon}
      tooltip={keys === undefined ? text : `${text} (${keys})`}
      accessibleName={text}
      disabled={disabled ?? false}
      onClick={onClick}
    />
  )
}
