import { Button } from '@ui5/webcomponents-react/Button'
import { FileUploader } from '@ui5/webcomponents-react/FileUploader'
import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface DropZoneProps {
  /** What to drop. */
  readonly text: string
  readonly file: File | undefined
  readonly onFile: (file: File) => void
  /** The endings that can be chosen, `.zip` unless said otherwise. */
  readonly accept?: string
}

/** Takes one file: dropped, or chosen. */
export function DropZone({ text, file, onFile, accept = '.zip' }: DropZoneProps) {
  const { t } = useTranslation()
  const [isOver, setOver] = useState(false)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const dropped = event.dataTransfer.files[0]
    if (dropped) onFile(dropped)
  }
  return (
    <section
      aria-label={text}
      className={isOver ? 'drop-zone drop-zone-over' : 'drop-zone'}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <span>{file ? file.name : text}</span>
      <FileUploader
        hideInput
        accept={accept}
        accessibleName={t('design.chooseFile')}
        onChange={({ detail: { files } }) => files?.[0] && onFile(files[0])}
      >
        <Button>{t('design.chooseFile')}</Button>
      </FileUploader>
    </section>
  )
}
