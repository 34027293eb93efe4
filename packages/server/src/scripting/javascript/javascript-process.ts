import { serveRequests } from '../../processes/serve-requests.ts'
import { Sandbox } from './sandbox.ts'
import type { LimitedRequest, ScriptOutcome } from './script-call.ts'

/** As the original's tenants, whatever the machine's time zone. */
process.env.TZ = 'UTC'

/** QuickJS asks the realm for the time: the message's, which goes on while the script runs. */
const machineNow = Date.now
let ahead = 0
Date.now = () => machineNow() + ahead

let sandbox: Sandbox | undefined

serveRequests(async ({ limits, request }: LimitedRequest): Promise<ScriptOutcome | readonly string[]> => {
  if (!sandbox?.isUsable) sandbox = await Sandbox.open(limits)
  if (request.task === 'check') return sandbox.check(request)
  ahead = request.now - machineNow()
  return sandbox.call(request)
})
