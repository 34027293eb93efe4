import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useErrorText } from '../components/error-state.tsx'

/** What went wrong with the flow as a whole, until it is closed. */
export function FlowMessage({ error, onClose }: { readonly error: Error | null; readonly onClose: () => void }) {
  const text = useErrorText(error)
  if (text === undefined) return null
  return (
    <MessageStrip design="Negative" role="alert" onClose={onClose}>
      {text}
    </MessageStrip>
  )
}

/** What is good to know of it as long as it is so. */
export function FlowWarning({ error }: { readonly error: Error | null }) {
  const text = useErrorText(error)
  if (text === undefined) return null
  return (
    <MessageStrip design="Critical" hideCloseButton role="alert">
      {text}
    </MessageStrip>
  )
}
