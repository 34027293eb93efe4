import { Tag } from '@ui5/webcomponents-react/Tag'

/** The status of a message, a run, a step or an artifact, in its colour; `text` in place of the status's own name. */
export function MessageStatus({ status, text }: { readonly status: string; readonly text?: string | null }) {
  return <Tag design={designOf(status)}>{text ?? status}</Tag>
}

function designOf(status: string): 'Positive' | 'Negative' | 'Critical' | 'Information' {
  if (status === 'COMPLETED' || status === 'STARTED') return 'Positive'
  if (status === 'FAILED' || status === 'ERROR') return 'Negative'
  return ['PROCESSING', 'RETRY', 'STARTING', 'STOPPING'].includes(status) ? 'Information' : 'Critical'
}
