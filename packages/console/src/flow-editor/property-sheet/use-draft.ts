import { useState } from 'react'

/** A text while it is typed: it becomes the value when the field is left, so that one change is one step to undo. */
export interface Draft {
  readonly text: string
  readonly type: (text: string) => void
  readonly leave: (text: string) => void
}

/** A draft of a value, which shows the value again whenever nothing is being typed. */
export function useDraft(value: string, commit: (text: string) => void): Draft {
  const [typed, setTyped] = useState<string>()
  return {
    text: typed ?? value,
    type: setTyped,
    leave(text) {
      setTyped(undefined)
      if (text !== value) commit(text)
    },
  }
}
