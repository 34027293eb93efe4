import './flow-viewer.css'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openViewer } from './canvas/viewer.ts'
import type { Diagram } from './diagram.ts'

export interface FlowViewerProps {
  /** The .iflw file. */
  readonly text: string
  /** Gets the diagram as soon as it is there, to mark elements and listen to clicks; what it returns is called in the end. */
  readonly onShown?: (diagram: Diagram) => (() => void) | undefined
  /** Makes the diagram: one that is only looked at, unless another is wanted. */
  readonly open?: (container: HTMLElement, text: string) => Promise<Diagram>
}

/** The diagram of a flow: it can be moved and zoomed. It fills what it is in, which needs a height. */
export function FlowViewer({ text, onShown, open = openViewer }: FlowViewerProps) {
  const { t } = useTranslation()
  const container = useRef<HTMLDivElement | null>(null)
  const [diagram, setDiagram] = useState<Diagram>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => {
    const element = container.current
    if (!element) return
    setProblem(undefined)
    let isOver = false
    const opening = open(element, text)
    opening.then(
      opened => !isOver && setDiagram(opened),
      (error: Error) => !isOver && setProblem(error.message),
    )
    return () => {
      isOver = true
      setDiagram(undefined)
      void opening.then(
        opened => opened.destroy(),
        () => undefined,
      )
    }
  }, [open, text])
  useEffect(() => (diagram ? onShown?.(diagram) : undefined), [diagram, onShown])
  return (
    <section className="flow-canvas" aria-label={t('flowEditor.canvas')}>
      {problem !== undefined && (
        <MessageStrip design="Negative" hideCloseButton role="alert">
          {t('flowEditor.noDiagram', { reason: problem })}
        </MessageStrip>
      )}
      <div ref={container} className="flow-diagram" />
    </section>
  )
}
