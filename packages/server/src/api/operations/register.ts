import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Access, Principal } from '../../http/access.ts'
import { noteAudit } from '../../http/audited-routes.ts'
import { Problem } from '../../http/problem.ts'
import { requireAccess } from '../odata/protection.ts'
import type { CsrfProtection } from '../odata/register.ts'
import type { Command, CommandContext, Parameters } from './command.ts'
import { renderCommandJson, renderCommandXml } from './render.ts'

export interface CommandOptions extends Omit<CommandContext, 'now'> {
  readonly access: Pick<Access, 'authenticate' | 'hasRole'>
  /** The application whose clients and roles count: `<subaccount>tmn`. */
  readonly application: string
  readonly csrf: CsrfProtection
  readonly clock: { now(): number }
}

/** Of a body, in bytes: commands take names and IDs. */
const bodyBytesMax = 1024 * 1024

const config = { security: [{ user: [] }, { applicationToken: [] }] }

const answer = {
  description: 'What the command tells, in JSON for those who accept it, else in XML.',
  content: { 'application/json': { schema: { type: 'object' } }, 'application/xml': { schema: {} } },
}

/** Who may call is known before a body is read; bodies may have any type. Answers are JSON for those who ask for it, else XML. */
export function registerCommand(app: FastifyInstance, command: Command, options: CommandOptions): void {
  const callers = new WeakMap<FastifyRequest, Principal>()
  void app.register(async scope => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body))
    scope.route({
      method: command.method,
      url: `/${command.name}`,
      config: { ...config, audit: command.audit ?? false },
      schema: { tags: ['Operations'], summary: command.doc, response: { 200: answer } },
      bodyLimit: bodyBytesMax,
      onRequest: async request => {
        callers.set(request, await admit(request, command, options))
        delete request.raw.headers['content-type']
      },
      preHandler: async request => {
        if (command.audit) noteAudit(request, { id: command.audit.ids(parametersOf(request)).join('\n') })
      },
      handler: async (request, reply) => {
        const caller = callers.get(request)
        if (!caller) throw new Error('Expected the caller to be known')
        const parameters = parametersOf(request)
        const context = { ...options, now: options.clock.now() }
        const hasRole = (role: string) => options.access.hasRole(caller, options.application, role)
        await requireAccess(options.store.accessPolicies, hasRole, async () => {
          return (await command.subjects?.(parameters, context)) ?? []
        })
        const value = await command.run(parameters, context)
        const isJson = /\bapplication\/json\b/i.test(request.headers.accept ?? '')
        reply.type(isJson ? 'application/json' : 'application/xml;charset=utf-8')
        return isJson ? renderCommandJson(value) : renderCommandXml(command, value)
      },
    })
  })
}

async function admit({ raw, method }: FastifyRequest, { roles }: Command, options: CommandOptions): Promise<Principal> {
  const principal = await options.access.authenticate(raw, options.application)
  if (method === 'POST' && principal.method !== 'bearer' && !options.csrf.isValid(raw)) {
    const headers = { 'x-csrf-token': 'Required' }
    throw new Problem(403, 'csrf-token-required', 'Expected a CSRF token and its cookie, found none that fit.', {
      headers,
    })
  }
  for (const role of roles) await requireRole(principal, role, options)
  return principal
}

async function requireRole(principal: Principal, role: string, { access, application }: CommandOptions): Promise<void> {
  if (await access.hasRole(principal, application, role)) return
  const detail = `Expected role ${role} of the API application, found that it is missing.`
  throw new Problem(403, 'forbidden', detail, { reason: `${principal.user} lacks ${role} of ${application}` })
}

/** Throws `Problem` (400) for a body that is neither a form nor a JSON object. */
function parametersOf({ query, body }: FastifyRequest): Parameters {
  const options = query as Parameters
  const text = typeof body === 'string' ? body.trim() : ''
  if (!text.startsWith('{')) return { ...options, ...Object.fromEntries(new URLSearchParams(text)) }
  try {
    return { ...options, ...(JSON.parse(text) as object) }
  } catch (cause) {
    throw new Problem(400, 'malformed-body', 'Expected a JSON object or a form, found something else.', { cause })
  }
}
