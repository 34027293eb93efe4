import { Button } from '@ui5/webcomponents-react/Button'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Title } from '@ui5/webcomponents-react/Title'
import { Toast } from '@ui5/webcomponents-react/Toast'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeField } from '../code/code-field.tsx'
import { languageOfFile } from '../code/languages.ts'
import { DownloadButton } from '../components/download-button.tsx'
import { useErrorText } from '../components/error-state.tsx'
import { PageLink } from '../components/page-link.tsx'
import type { PackagedArtifact } from '../design/design-artifact.ts'
import { artifactPage } from '../design/package-artifacts.tsx'
import { LeaveGuard } from '../flow-editor/leave-guard.tsx'
import { contentPath, type ResourceKey, type ResourceOwner } from './resource.ts'
import { ChangedError } from './save-resource.ts'
import { useResourceSaving } from './use-resource-saving.ts'

export interface ResourceEditorProps {
  readonly artifact: PackagedArtifact
  readonly owner: ResourceOwner
  readonly resource: ResourceKey
  /** As it was opened. */
  readonly text: string
  readonly isReadOnly: boolean
}

/** The text of a resource, edited and saved. */
export function ResourceEditor({ artifact, owner, resource, text: opened, isReadOnly }: ResourceEditorProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(opened)
  const saving = useResourceSaving(owner, resource, { opened, text })
  const { isChanged, isSaving, isSaved, isDraft, saveNow } = saving
  const { Name } = resource
  const version = isDraft ? 'Active' : (owner.version ?? artifact.Version)
  const state = version === 'Active' ? t('resources.draft') : t('resources.version', { version })
  useEffect(() => {
    document.title = `${Name} – ${t('app.title')}`
  }, [Name, t])
  useSaveKey(isChanged && !isReadOnly ? saveNow : undefined)
  return (
    <div className="resource-editor">
      <div className="page-header">
        <div className="resource-title">
          <PageLink to={artifactPage(artifact)}>{artifact.Name}</PageLink>
          <Title level="H2" size="H4">
            {Name}
          </Title>
          <span>{isChanged ? t('resources.unsaved') : state}</span>
        </div>
        <div className="page-actions">
          <DownloadButton path={contentPath(owner, resource)} of={Name} />
          {!isReadOnly && (
            <Button design="Emphasized" disabled={!isChanged} loading={isSaving} onClick={() => void saveNow()}>
              {t('common.save')}
            </Button>
          )}
        </div>
      </div>
      <SaveProblem error={saving.error ?? saving.lockError} onOverwrite={() => void saveNow(true)} />
      <CodeField
        label={t('resources.editor', { name: Name })}
        isLabelHidden
        size="file"
        language={languageOfFile(Name)}
        value={text}
        isReadOnly={isReadOnly}
        onChange={setText}
      />
      <Toast open={isSaved} onClose={saving.reset}>
        {t('resources.saved')}
      </Toast>
      <LeaveGuard name={Name} saving={saving} />
    </div>
  )
}

/** Ctrl+S saves, or does nothing; the browser's own meaning of it is of no use here. */
function useSaveKey(save: (() => unknown) | undefined): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      save?.()
    }
    addEventListener('keydown', listener)
    return () => removeEventListener('keydown', listener)
  }, [save])
}

function SaveProblem({ error, onOverwrite }: { readonly error: Error | null; readonly onOverwrite: () => void }) {
  const { t } = useTranslation()
  const problem = useErrorText(error)
  if (problem === undefined) return null
  if (!(error instanceof ChangedError)) {
    return (
      <MessageStrip design="Negative" hideCloseButton role="alert">
        {problem}
      </MessageStrip>
    )
  }
  return (
    <div className="resource-conflict" role="alert">
      <MessageStrip design="Critical" hideCloseButton>
        {t('resources.changedBySomebody')}
      </MessageStrip>
      <Button design="Negative" onClick={onOverwrite}>
        {t('resources.overwrite')}
      </Button>
    </div>
  )
}
