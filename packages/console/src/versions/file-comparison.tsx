import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeDiff } from '../code/code-diff.tsx'
import { languageOfFile } from '../code/languages.ts'
import { bytesText } from '../components/moment.tsx'
import { Section } from '../components/section.tsx'
import { textIn } from '../resources/resource-text.ts'
import { type FileChange, isFlow } from './compare-files.ts'
import { FlowComparison } from './flow-comparison.tsx'

export interface FileComparisonProps {
  readonly file: FileChange
  /** What the two versions are called. */
  readonly before: string
  readonly after: string
}

/** In what a file differs: side by side where it is text, of a flow also by its elements. */
export function FileComparison({ file, before, after }: FileComparisonProps) {
  const { t, i18n } = useTranslation()
  const [isShort, setShort] = useState(true)
  const texts = useMemo(() => ({ before: textIn(file.before), after: textIn(file.after) }), [file])
  const size = (bytes: Uint8Array) => bytesText(bytes.length, i18n.language)
  if (texts.before === undefined || texts.after === undefined) {
    return (
      <Section title={file.path}>
        <MessageStrip hideCloseButton>
          {t('versions.noText', { before: size(file.before), after: size(file.after) })}
        </MessageStrip>
      </Section>
    )
  }
  return (
    <>
      {isFlow(file.path) && <FlowComparison before={texts.before} after={texts.after} path={file.path} />}
      <Section
        title={file.path}
        actions={
          <CheckBox
            text={t('versions.onlyChanges')}
            checked={isShort}
            onChange={({ target }) => setShort(target.checked)}
          />
        }
      >
        <div className="versions-sides">
          <span>{before}</span>
          <span>{after}</span>
        </div>
        <CodeDiff
          before={{ label: t('versions.content', { version: before }), text: texts.before }}
          after={{ label: t('versions.content', { version: after }), text: texts.after }}
          language={languageOfFile(file.path)}
          isShort={isShort}
        />
      </Section>
    </>
  )
}
