import { Button } from '@ui5/webcomponents-react/Button'
import { FileUploader } from '@ui5/webcomponents-react/FileUploader'
import { Label } from '@ui5/webcomponents-react/Label'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import { TextArea } from '@ui5/webcomponents-react/TextArea'
import { useTranslation } from 'react-i18next'
import { type TestSession, updateTestSession, useTestSession } from './test-session.ts'

const kinds = ['none', 'text', 'file'] as const

/** What is sent as body: nothing, a text, or a file. */
export function BodyField() {
  const { t } = useTranslation()
  const { bodyKind, text, file } = useTestSession()
  return (
    <>
      <div className="try-out-fields">
        <div>
          <Label for="body-kind">{t('tryOut.request.body')}</Label>
          <Select
            id="body-kind"
            value={bodyKind}
            onChange={({ target }) => updateTestSession({ bodyKind: target.value as TestSession['bodyKind'] })}
          >
            {kinds.map(kind => (
              <Option key={kind} value={kind}>
                {t(`tryOut.request.bodies.${kind}`)}
              </Option>
            ))}
          </Select>
        </div>
        {bodyKind === 'file' && (
          <>
            <FileUploader
              hideInput
              accessibleName={t('tryOut.request.chooseFile')}
              onChange={({ detail: { files } }) => updateTestSession({ file: files?.[0] })}
            >
              <Button>{t('tryOut.request.chooseFile')}</Button>
            </FileUploader>
            <span>
              {file ? t('tryOut.request.file', { name: file.name, count: file.size }) : t('tryOut.request.noFile')}
            </span>
          </>
        )}
      </div>
      {bodyKind === 'text' && (
        <TextArea
          accessibleName={t('tryOut.request.text')}
          className="code"
          rows={6}
          value={text}
          onInput={({ target }) => updateTestSession({ text: target.value })}
        />
      )}
    </>
  )
}
