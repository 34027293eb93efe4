import { useEffect } from 'react'

/** Runs on Ctrl (or Command) and a letter, anywhere on the page, in place of what browsers do. */
export function useShortcut(letter: string, run: () => void): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
      if (!isCommand || event.key.toLowerCase() !== letter) return
      event.preventDefault()
      run()
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [letter, run])
}
