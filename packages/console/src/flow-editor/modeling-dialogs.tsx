import { Toast } from '@ui5/webcomponents-react/Toast'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Components } from '../api/components.ts'
import { AppendDialog } from './append-dialog.tsx'
import { type ChannelRequest, channelEvent } from './canvas/channel-requests.ts'
import { findEvent } from './canvas/find-requests.ts'
import { appendEvent, infoEvent } from './canvas/flow-context-pad.ts'
import { rejectedEvent } from './canvas/flow-rules-module.ts'
import { ChannelDialog } from './channel-dialog.tsx'
import type { Diagram, DiagramElement, DiagramEvent } from './diagram.ts'
import { FindDialog } from './find-dialog.tsx'
import type { Reason } from './flow-rules.ts'
import { InfoDialog } from './info-dialog.tsx'
import { useDiagramEvent } from './use-diagram-event.ts'

export interface ModelingDialogsProps {
  readonly diagram: Diagram
  readonly components: Components
}

type Asked =
  | { readonly for: 'find' }
  | { readonly for: 'channel'; readonly request: ChannelRequest }
  | { readonly for: 'append' | 'info'; readonly element: DiagramElement }

/** What the modeler asks and says on the way: which adapter, which next step, what something is, why it cannot be. */
export function ModelingDialogs({ diagram, components }: ModelingDialogsProps) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<Asked>()
  const [reason, setReason] = useState<Reason>()
  const onChannel = useCallback(({ request }: DiagramEvent) => setAsked({ for: 'channel', request }), [])
  const onAppend = useCallback(({ element }: DiagramEvent) => element && setAsked({ for: 'append', element }), [])
  const onInfo = useCallback(({ element }: DiagramEvent) => element && setAsked({ for: 'info', element }), [])
  const onFind = useCallback(() => setAsked({ for: 'find' }), [])
  const onRejected = useCallback((event: DiagramEvent) => setReason(event.reason), [])
  useDiagramEvent(diagram, channelEvent, onChannel)
  useDiagramEvent(diagram, appendEvent, onAppend)
  useDiagramEvent(diagram, infoEvent, onInfo)
  useDiagramEvent(diagram, findEvent, onFind)
  useDiagramEvent(diagram, rejectedEvent, onRejected)
  const props = { diagram, components, onClose: () => setAsked(undefined) }
  return (
    <>
      {asked?.for === 'find' && <FindDialog diagram={diagram} onClose={props.onClose} />}
      {asked?.for === 'channel' && <ChannelDialog {...props} request={asked.request} />}
      {asked?.for === 'append' && <AppendDialog {...props} element={asked.element} />}
      {asked?.for === 'info' && <InfoDialog {...props} element={asked.element} />}
      <Toast open={reason !== undefined} placement="BottomCenter" onClose={() => setReason(undefined)}>
        {reason && t(`flowEditor.reasons.${reason}`)}
      </Toast>
    </>
  )
}
