import { Bar } from '@ui5/webcomponents-react/Bar'
import { Button } from '@ui5/webcomponents-react/Button'
import { Dialog } from '@ui5/webcomponents-react/Dialog'
import { Menu } from '@ui5/webcomponents-react/Menu'
import { MenuItem } from '@ui5/webcomponents-react/MenuItem'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { saveFile } from '../api/download.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { TextBlock } from '../components/text-content.tsx'
import { useFocusReturn } from '../components/use-focus-return.ts'
import type { Call } from './snippets/call.ts'
import { type SnippetName, snippets } from './snippets/index.ts'
import { postmanCollection } from './snippets/postman.ts'
import type { TestRequest } from './test-request.ts'
import { type TestSession, useTestSession } from './test-session.ts'

const names = Object.keys(snippets) as SnippetName[]

/** Shows the request as code in a language of choice, or saves it for Postman. */
export function SnippetButtons({ request }: { readonly request: TestRequest }) {
  const { t } = useTranslation()
  const session = useTestSession()
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState<SnippetName>()
  const call = callOf(request, session)
  return (
    <>
      <Button id="copy-as" onClick={() => setOpen(true)}>
        {t('tryOut.snippets.copyAs')}
      </Button>
      <Menu
        opener="copy-as"
        open={isOpen}
        onClose={() => setOpen(false)}
        onItemClick={({ detail: { text } }) => setName(names.find(known => known === text))}
      >
        {names.map(known => (
          <MenuItem key={known} text={known} />
        ))}
      </Menu>
      <Button onClick={() => saveFile(new Blob([postmanCollection(call)]), 'sluice.postman_collection.json')}>
        {t('tryOut.snippets.postman')}
      </Button>
      {name && <SnippetDialog name={name} text={snippets[name](call)} onClose={() => setName(undefined)} />}
    </>
  )
}

interface SnippetDialogProps {
  readonly name: SnippetName
  readonly text: string
  readonly onClose: () => void
}

function SnippetDialog({ name, text, onClose }: SnippetDialogProps) {
  const { t } = useTranslation()
  useFocusReturn()
  const { csrf } = useTestSession()
  const title = t('tryOut.snippets.title', { name })
  return (
    <Dialog
      open
      headerText={title}
      onClose={onClose}
      footer={
        <Bar
          design="Footer"
          endContent={
            <>
              <CopyButton text={text} of={title} />
              <Button onClick={onClose}>{t('common.close')}</Button>
            </>
          }
        />
      }
    >
      {csrf && <MessageStrip hideCloseButton>{t('tryOut.snippets.withoutCsrf')}</MessageStrip>}
      <TextBlock text={text} label={title} />
    </Dialog>
  )
}

function callOf({ method, path, headers, body }: TestRequest, { clientId, format }: TestSession): Call {
  return {
    origin: location.origin,
    clientId: clientId.trim(),
    tokenFormat: format === '' ? undefined : format,
    method,
    path,
    headers,
    body: body.kind === 'none' ? undefined : body.kind === 'text' ? { text: body.text } : { fileName: body.name },
  }
}
