import { Button } from '@ui5/webcomponents-react/Button'

export interface ToolProps {
  /** Of UI5; imported where it is used. */
  readonly icon: string
  readonly text: string
  readonly disabled?: boolean
  readonly onClick: () => void
}

/** A button that shows an icon only. */
export function Tool({ icon, text, disabled, onClick }: ToolProps) {
  return (
    <Button
      design="Transparent"
      icon={icon}
      tooltip={text}
      accessibleName={text}
      disabled={disabled ?? false}
      onClick={onClick}
    />
  )
}
