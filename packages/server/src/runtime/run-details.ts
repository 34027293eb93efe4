import type { RunLog } from '@sluice/iflow'
import type { MessageLogDetails, MessageRun } from '../store/store.ts'
import type { LogLevel } from './log-levels.ts'

/** Characters of the name and of the media type of an attachment. */
const nameMax = 256

/** What is stored with the log of a run; undefined when there is nothing. */
export function detailsOf(
  { attachments: all, customHeaders, adapterAttributes }: RunLog,
  level: LogLevel,
  run: MessageRun | undefined,
): MessageLogDetails | undefined {
  // "No message processing log attachments are recorded" with this level (Setting Log Levels).
  const attachments = level === 'ERROR' ? [] : all
  const isEmpty = attachments.length === 0 && customHeaders.length === 0 && adapterAttributes.length === 0
  if (isEmpty && run === undefined) return undefined
  return {
    run,
    customHeaders,
    adapterAttributes,
    attachments: attachments.map(({ name, contentType, body }) => ({
      name: name.slice(0, nameMax),
      contentType: contentType.slice(0, nameMax),
      content: body.bytes(),
    })),
  }
}
