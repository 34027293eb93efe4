import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { entityPath, listPage } from '../api/odata.ts'
import type { Run, RunStep } from './message-log.ts'
import { ResendButton } from './resend-button.tsx'

/** Sends a message again as it was before the first step of a run that was traced; nothing where its trace has gone. */
export function ResendTraced({ guid, run }: { readonly guid: string; readonly run: Run }) {
  const { t } = useTranslation()
  const { data } = useQuery({
    queryKey: ['first-trace', run.Id],
    queryFn: async () => (await firstTrace(run.Id)) ?? null,
  })
  if (!data) return null
  return <ResendButton message={{ messageGuid: guid, traceMessage: data }} of={t('resend.received')} />
}

/** The message before the first step. */
async function firstTrace(runId: string): Promise<string | undefined> {
  const first = { orderBy: 'ChildCount', top: 1 }
  const steps = await listPage<RunStep>(`${entityPath('MessageProcessingLogRuns', runId)}/RunSteps`, first)
  const [step] = steps.rows
  if (!step) return undefined
  const { RunId, ChildCount } = step
  const path = `${entityPath('MessageProcessingLogRunSteps', { RunId, ChildCount })}/TraceMessages`
  return (await listPage<{ TraceId: string }>(path, { orderBy: 'TraceId', top: 1 })).rows[0]?.TraceId
}
