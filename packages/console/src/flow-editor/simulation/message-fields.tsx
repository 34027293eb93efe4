import { Button } from '@ui5/webcomponents-react/Button'
import { FileUploader } from '@ui5/webcomponents-react/FileUploader'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { NameValueRows } from './name-value-rows.tsx'
import type { SimulationInput } from './simulation-input.ts'

export interface MessageFieldsProps {
  readonly input: SimulationInput
  readonly onChange: (changed: Partial<SimulationInput>) => void
}

/** The message that a simulation begins with. */
export function MessageFields({ input, onChange }: MessageFieldsProps) {
  const { t } = useTranslation()
  return (
    <div className="simulation-message">
      <BodyFields input={input} onChange={onChange} />
      <NameValueRows
        title={t('simulation.headers')}
        add={t('simulation.addHeader')}
        rows={input.headers}
        onChange={headers => onChange({ headers })}
      />
      <NameValueRows
        title={t('simulation.properties')}
        add={t('simulation.addProperty')}
        rows={input.properties}
        onChange={properties => onChange({ properties })}
      />
    </div>
  )
}

function BodyFields({ input: { body, file }, onChange }: MessageFieldsProps) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <div className="simulation-body">
      <div className="page-header">
        <label htmlFor={id}>{t('simulation.body')}</label>
        <FileUploader
          hideInput
          accessibleName={t('simulation.load')}
          onChange={({ detail: { files } }) => {
            const [chosen] = files ?? []
            if (chosen) void contentOf(chosen).then(onChange)
          }}
        >
          <Button design="Transparent">{t('simulation.load')}</Button>
        </FileUploader>
      </div>
      {file ? (
        <div className="page-header">
          <span>{t('simulation.file', { name: file.name })}</span>
          <Button onClick={() => onChange({ file: undefined })}>
            {t('simulation.removeFile', { name: file.name })}
          </Button>
        </div>
      ) : (
        <textarea
          id={id}
          className="native-input code"
          rows={5}
          spellCheck={false}
          value={body}
          onChange={({ target }) => onChange({ body: target.value })}
        />
      )}
    </div>
  )
}

/** A text goes into the field, where it can be changed; anything else is sent as it is. */
async function contentOf(chosen: File): Promise<Pick<SimulationInput, 'body' | 'file'>> {
  const bytes = new Uint8Array(await chosen.arrayBuffer())
  try {
    return { body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes), file: undefined }
  } catch {
    let text = ''
    for (const byte of bytes) text += String.fromCharCode(byte)
    return { body: '', file: { name: chosen.name, base64: btoa(text) } }
  }
}
