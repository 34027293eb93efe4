import '@ui5/webcomponents-icons/dist/slim-arrow-down.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Menu } from '@ui5/webcomponents-react/Menu'
import { MenuItem } from '@ui5/webcomponents-react/MenuItem'
import { useId, useState } from 'react'

export interface KeystoreMenuProps<Choice extends string> {
  readonly text: string
  readonly choices: readonly (readonly [choice: Choice, text: string])[]
  readonly onChoose: (choice: Choice) => void
}

/** A button that offers some things to do. */
export function KeystoreMenu<Choice extends string>({ text, choices, onChoose }: KeystoreMenuProps<Choice>) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button
        id={id}
        endIcon="slim-arrow-down"
        accessibilityAttributes={{ hasPopup: 'menu', expanded: isOpen }}
        onClick={() => setOpen(true)}
      >
        {text}
      </Button>
      <Menu
        opener={id}
        open={isOpen}
        onClose={() => setOpen(false)}
        onItemClick={({ detail: { item } }) => {
          const chosen = choices.find(([choice]) => choice === item.dataset.choice)
          if (chosen) onChoose(chosen[0])
        }}
      >
        {choices.map(([choice, label]) => (
          <MenuItem key={choice} data-choice={choice} text={label} />
        ))}
      </Menu>
    </>
  )
}
