import { negotiate, ODataError, parseEntityBody, parseParameters, parseRequest, type Steps } from '@sluice/odata'
import { type Call, findEntity, navigationApiOf, notAllowed, type ResolvedCall, setApiOf } from './call.ts'
import { read } from './read.ts'
import { entityReply, type Reply } from './reply.ts'

/** Answers a call. Throws `ODataError` for whatever is the caller's mistake. */
export async function answer(call: Call): Promise<Reply> {
  const request = parseRequest(call.api.model, call.url)
  const format = negotiate(request.options.format, call.accept)
  const context = { ...call.context, options: request.custom }
  const resolved = { ...call, context, request, format }
  const { resource } = request
  if (resource.kind === 'batch')
    throw new ODataError('unknown-resource', 'Expected single requests: $batch is not offered')
  if (call.method === 'HEAD' && (resource.kind === 'function-import' || resource.kind === 'link'))
    return { status: 200 }
  if (resource.kind === 'function-import') return callFunction(resolved, resource.functionImport.name)
  if (call.method === 'GET' || call.method === 'HEAD') return read(resolved)
  if (resource.kind === 'link' && call.method === 'PUT') return updateLink(resolved, resource.steps)
  if (resource.kind === 'collection' && call.method === 'POST') return create(resolved, resource.steps)
  if (resource.kind === 'media' && call.method === 'PUT') return putMedia(resolved, resource.steps)
  if (resource.kind === 'entity' && call.method === 'PUT') return update(resolved, resource.steps)
  if (resource.kind === 'entity' && call.method === 'DELETE') return remove(resolved, resource.steps)
  throw notAllowed(call.method)
}

async function callFunction(call: ResolvedCall, name: string): Promise<Reply> {
  const found = call.api.functionImports.find(({ functionImport }) => functionImport.name === name)
  if (!found) throw new Error(`Expected function import "${name}" to be registered`)
  const { functionImport } = found
  if (call.method !== functionImport.method) throw notAllowed(call.method, functionImport.method)
  await call.authorize(found.roles)
  const { status, text } = await found.run(parseParameters(functionImport, call.request.custom), call.context)
  return { status, contentType: 'text/plain;charset=utf-8', body: text }
}

async function create(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const operation = steps.length === 1 ? setApiOf(call, steps[0]).create : undefined
  if (!operation) throw notAllowed(call.method)
  await call.authorize(operation.roles)
  const row = await operation.run(parseEntityBody(steps[0].set.type, call.body), call.context)
  return entityReply(call, { set: steps[0].set, row, status: 201 })
}

async function update(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const operation = steps.length === 1 ? setApiOf(call, steps[0]).update : undefined
  if (!operation) throw notAllowed(call.method)
  await call.authorize(operation.roles)
  const row = await findEntity(call, steps)
  await operation.run(row, parseEntityBody(steps[0].set.type, call.body), call.context)
  return { status: operation.status }
}

async function putMedia(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const operation = steps.length === 1 ? setApiOf(call, steps[0]).putMedia : undefined
  if (!operation || !steps[0].key) throw notAllowed(call.method)
  await call.authorize(operation.roles)
  await operation.run(steps[0].key, call.body, call.context)
  return { status: operation.status }
}

async function remove(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const operation = steps.length === 1 ? setApiOf(call, steps[0]).delete : undefined
  if (!operation) throw notAllowed(call.method)
  await call.authorize(operation.roles)
  await operation.run(await findEntity(call, steps), call.context)
  return { status: operation.status }
}

async function updateLink(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const [before, step] = steps.slice(-2)
  const navigation = before && step && navigationApiOf(call, before, step)
  const operation = navigation && 'updateLink' in navigation ? navigation.updateLink : undefined
  if (!operation || !step?.key) throw notAllowed(call.method)
  await call.authorize(operation.roles)
  const parent = await findEntity(call, steps.slice(0, -1))
  await operation.run(parent, step.key, parseEntityBody(step.set.type, call.body), call.context)
  return { status: operation.status }
}
