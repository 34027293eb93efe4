import { useEffect } from 'react'

/** For dialogs that are mounted while they are open: gives the focus back to what had it, however they are closed. */
export function useFocusReturn(): void {
  useEffect(() => {
    const before = document.activeElement
    return () => {
      // What a dialog has deleted is gone.
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
}
