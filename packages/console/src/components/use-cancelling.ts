import { useRef } from 'react'

/**
 * For a dialog that an answer closes: who cancelled may have it, or another one, open when the answer comes. `cancel` closes it now;
 * `done`, to be called with the answer, unless it was cancelled.
 */
export function useCancelling(onClose: () => void): { readonly cancel: () => void; readonly done: () => void } {
  const isCancelled = useRef(false)
  return {
    cancel() {
      isCancelled.current = true
      onClose()
    },
    done() {
      if (!isCancelled.current) onClose()
    },
  }
}
