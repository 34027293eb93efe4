import { useMutation } from '@tanstack/react-query'
import { Button } from '@ui5/webcomponents-react/Button'
import { CheckBox } from '@ui5/webcomponents-react/CheckBox'
import { Label } from '@ui5/webcomponents-react/Label'
import { MessageStrip } from '@ui5/webcomponents-react/MessageStrip'
import { Option } from '@ui5/webcomponents-react/Option'
import { Select } from '@ui5/webcomponents-react/Select'
import type { FormEvent } from 'react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sendRequest } from '../api/message-endpoint.ts'
import { useErrorText } from '../components/error-state.tsx'
import { Section } from '../components/section.tsx'
import { BodyField } from './body-field.tsx'
import { HeaderRows } from './header-rows.tsx'
import { SnippetButtons } from './snippet-buttons.tsx'
import {
  filledHeaders,
  headerProblem,
  methods,
  pathOf,
  type RequestBody,
  type TestRequest,
  takesBody,
} from './test-request.ts'
import { addExchange, type TestSession, updateTestSession, useTestSession } from './test-session.ts'

/** The request as it is typed: method, headers, body. Sends it, or shows it as code. */
export function RequestSection() {
  const { t } = useTranslation()
  const session = useTestSession()
  const { method, csrf } = session
  const [problem, setProblem] = useState<string>()
  const sending = useMutation({
    mutationFn: async (request: TestRequest) => {
      const { token, clientId } = session
      if (token)
        addExchange({ at: new Date(), clientId, request, answer: await sendRequest(request, token.value, csrf) })
    },
  })
  const failure = useErrorText(sending.error)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const missing = problemOf(session)
    setProblem(missing && t(`tryOut.request.problems.${missing}`))
    if (missing === undefined) sending.mutate(requestOf(session))
  }
  const shown = problem ?? failure
  return (
    <Section title={t('tryOut.request.title')}>
      <form className="try-out-form" onSubmit={submit} noValidate>
        {shown && (
          <MessageStrip design="Negative" hideCloseButton role="alert">
            {shown}
          </MessageStrip>
        )}
        <div className="try-out-fields">
          <MethodField method={method} />
          <CheckBox
            text={t('tryOut.request.csrf')}
            checked={csrf}
            onChange={({ target }) => updateTestSession({ csrf: target.checked })}
          />
        </div>
        <HeaderRows />
        {takesBody(method) && <BodyField />}
        <div className="try-out-line">
          <Button type="Submit" design="Emphasized" icon="paper-plane" loading={sending.isPending}>
            {t('tryOut.request.send')}
          </Button>
          <SnippetButtons request={requestOf(session)} />
        </div>
      </form>
    </Section>
  )
}

function MethodField({ method }: Pick<TestSession, 'method'>) {
  const { t } = useTranslation()
  return (
    <div>
      <Label for="method">{t('tryOut.request.method')}</Label>
      <Select
        id="method"
        value={method}
        onChange={({ target }) => updateTestSession({ method: target.value ?? 'POST' })}
      >
        {methods.map(name => (
          <Option key={name} value={name}>
            {name}
          </Option>
        ))}
      </Select>
    </div>
  )
}

function problemOf({ address, token, headers, method, bodyKind, file }: TestSession) {
  if (address.trim() === '') return 'address'
  if (!token) return 'token'
  if (takesBody(method) && bodyKind === 'file' && !file) return 'file'
  return filledHeaders(headers)
    .map(headerProblem)
    .find(problem => problem !== undefined)
}

function requestOf(session: TestSession): TestRequest {
  const { method, address, tail, headers } = session
  return { method, path: pathOf(address, tail), headers: filledHeaders(headers), body: bodyOf(session) }
}

function bodyOf({ method, bodyKind, text, file }: TestSession): RequestBody {
  if (!takesBody(method) || bodyKind === 'none') return { kind: 'none' }
  if (bodyKind === 'text') return { kind: 'text', text }
  return file ? { kind: 'file', name: file.name, content: file } : { kind: 'none' }
}
