import type { FlowSettings, HttpCall, Ports, RunScope } from '@sluice/iflow'
import { CookieJar } from './cookies.ts'

/** By what a session is of: the settings of a flow, or the log of a run, which the parts of a split message share. */
const jars = new WeakMap<object, CookieJar>()

/** The ports of a run, with a network that keeps cookies as the flow's session handling says. */
export function withSession(
  { log, ports }: Pick<RunScope, 'log' | 'ports'>,
  settings: FlowSettings,
): Pick<Ports, 'clock' | 'credentials' | 'http'> {
  const { clock, credentials, http } = ports
  if (settings.sessions === 'none') return ports
  const owner = settings.sessions === 'flow' ? settings : log
  const jar = jars.get(owner) ?? new CookieJar()
  jars.set(owner, jar)
  const send = async (call: HttpCall) => {
    const url = URL.parse(call.url)
    if (url === null) return http.send(call)
    const answer = await http.send(withCookies(call, jar.headerFor(url, clock.now())))
    const set = answer.headers.flatMap(([name, value]) => (name.toLowerCase() === 'set-cookie' ? [value] : []))
    jar.store(set, url, clock.now())
    return answer
  }
  return { clock, credentials, http: { send } }
}

/** A message that brings its own cookies knows better. */
function withCookies(call: HttpCall, cookies: string): HttpCall {
  if (cookies === '' || call.headers.some(([name]) => name.toLowerCase() === 'cookie')) return call
  return { ...call, headers: [...call.headers, ['Cookie', cookies]] }
}
