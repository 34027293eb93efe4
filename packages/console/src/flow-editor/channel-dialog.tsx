import { useTranslation } from 'react-i18next'
import type { Components } from '../api/components.ts'
import type { ChannelRequest } from './canvas/channel-requests.ts'
import type { NewElements } from './canvas/new-elements.ts'
import { ChooseDialog } from './choose-dialog.tsx'
import type { Diagram, DiagramElement, Selection } from './diagram.ts'
import { channelProperties } from './element-templates.ts'
import { kindOf } from './flow-elements.ts'

export interface ChannelDialogProps {
  readonly diagram: Diagram
  readonly components: Components
  readonly request: ChannelRequest
  readonly onClose: () => void
}

interface Modeling {
  connect(source: DiagramElement, target: DiagramElement, attributes: object, hints: object): DiagramElement
}

/** Asks which adapter a channel is to have, and draws it with the adapter's properties. */
export function ChannelDialog({ diagram, components, request, onClose }: ChannelDialogProps) {
  const { t } = useTranslation()
  const { source, target, hints } = request
  const participant = source.type === 'bpmn:Participant' ? source : target
  const direction = kindOf(participant.businessObject) === 'sender' ? 'Sender' : 'Receiver'
  const adapters = components.adapters.filter(({ sender, receiver }) => (direction === 'Sender' ? sender : receiver))
  const connect = (type: string) => {
    const adapter = adapters.find(known => known.type === type)
    const properties = adapter && channelProperties(adapter, direction, participant.businessObject.name ?? '')
    if (!adapter || !properties) return
    const channel = diagram.get<NewElements>('newElements').channel(adapter.label, properties)
    const attributes = { type: 'bpmn:MessageFlow', businessObject: channel }
    const drawn = diagram.get<Modeling>('modeling').connect(source, target, attributes, hints)
    diagram.get<Selection>('selection').select(drawn)
    onClose()
  }
  return (
    <ChooseDialog
      title={t(direction === 'Sender' ? 'flowEditor.senderAdapter' : 'flowEditor.receiverAdapter')}
      choices={adapters.map(({ type, label, doc }) => ({ key: type, label, doc }))}
      empty={t('flowEditor.noChoice')}
      onChoose={connect}
      onClose={onClose}
    />
  )
}
