import { type DragEvent, type ReactNode, useState } from 'react'

export interface DropTargetProps {
  readonly onFile: (file: File) => void
  readonly children: ReactNode
}

/** Takes a file that is dropped on what is in it. For the keyboard there is a button that does the same. */
export function DropTarget({ onFile, children }: DropTargetProps) {
  const [isOver, setOver] = useState(false)
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut for those who have a pointer.
    <div
      className={isOver ? 'drop-target drop-zone-over' : 'drop-target'}
      onDragOver={event => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={event => {
        if (!hasFiles(event)) return
        event.preventDefault()
        setOver(false)
        const dropped = event.dataTransfer.files[0]
        if (dropped) onFile(dropped)
      }}
    >
      {children}
    </div>
  )
}
