import { emptyFlow } from './empty.ts'
import { exceptionSubprocess } from './exception-subprocess.ts'
import type { FlowTemplate } from './flow-template.ts'
import { httpsToReply } from './https-to-reply.ts'
import { timerToHttp } from './timer-to-http.ts'

/** Every template, the plainest first. */
export const flowTemplates: readonly FlowTemplate[] = [emptyFlow, httpsToReply, timerToHttp, exceptionSubprocess]
