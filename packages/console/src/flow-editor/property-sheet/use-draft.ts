import { useRef, useState } from 'react'

/** A text while it is typed: it becomes the value when the field is left, so that one change is one step to undo. */
export interface Draft {
  readonly text: string
  readonly type: (text: string) => void
  /** With what the field holds, or else with what was typed last. */
  readonly leave: (text?: string) => void
}

/** A draft of a value, which shows the value again whenever nothing is being typed. */
export function useDraft(value: string, commit: (text: string) => void): Draft {
  const [typed, setTyped] = useState<string>()
  // Beside the state, because a field may be left before it was drawn with what was typed last.
  const latest = useRef<string>(undefined)
  const keep = (text: string | undefined) => {
    latest.current = text
    setTyped(text)
  }
  return {
    text: typed ?? value,
    type: keep,
    leave(text = latest.current ?? value) {
      keep(undefined)
      if (text !== value) commit(text)
    },
  }
}
