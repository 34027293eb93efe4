import '@ui5/webcomponents-icons/dist/add.js'
import '@ui5/webcomponents-icons/dist/decline.js'
import { Button } from '@ui5/webcomponents-react/Button'
import { Input } from '@ui5/webcomponents-react/Input'
import { Label } from '@ui5/webcomponents-react/Label'
import { useTranslation } from 'react-i18next'
import { problemState } from '../components/problem-state.tsx'
import { type HeaderRow, headerProblem } from './test-request.ts'
import { updateTestSession, useTestSession } from './test-session.ts'

/** Headers as rows of name and value. */
export function HeaderRows() {
  const { t } = useTranslation()
  const { headers } = useTestSession()
  return (
    <fieldset className="try-out-headers">
      <legend>
        <Label>{t('tryOut.request.headers')}</Label>
      </legend>
      {headers.map((row, index) => {
        const problem = row.name === '' && row.value === '' ? undefined : headerProblem(row)
        const number = index + 1
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows are told apart by their place alone.
          <div key={index} className="try-out-header">
            <Input
              accessibleName={t('tryOut.request.headerName', { number })}
              placeholder={t('tryOut.request.name')}
              value={row.name}
              {...problemState(problem && t(`tryOut.request.problems.${problem}`))}
              onInput={({ target }) => changeRow(index, { name: target.value })}
            />
            <Input
              accessibleName={t('tryOut.request.headerValue', { number })}
              placeholder={t('tryOut.request.value')}
              value={row.value}
              onInput={({ target }) => changeRow(index, { value: target.value })}
            />
            <Button
              icon="decline"
              design="Transparent"
              accessibleName={t('tryOut.request.removeHeader', { number })}
              tooltip={t('tryOut.request.removeHeader', { number })}
              onClick={() => replaceRows(rows => rows.filter((_, at) => at !== index))}
            />
          </div>
        )
      })}
      <div>
        <Button icon="add" design="Transparent" onClick={() => replaceRows(rows => [...rows, { name: '', value: '' }])}>
          {t('tryOut.request.addHeader')}
        </Button>
      </div>
    </fieldset>
  )
}

function replaceRows(replace: (rows: readonly HeaderRow[]) => readonly HeaderRow[]): void {
  updateTestSession(({ headers }) => ({ headers: replace(headers) }))
}

function changeRow(index: number, changed: Partial<HeaderRow>): void {
  replaceRows(rows => rows.map((row, at) => (at === index ? { ...row, ...changed } : row)))
}
