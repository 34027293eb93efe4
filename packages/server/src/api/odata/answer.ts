import {
  type EntityRow,
  negotiate,
  type PrimitiveValue,
  parseEntityBody,
  parseParameters,
  parseRelatedBodies,
  parseRequest,
  type Resource,
  type Step,
  type Steps,
} from '@sluice/odata'
import { changesOf, changing, idOf, tellingOf } from './audited-changes.ts'
import { answerBatch } from './batch.ts'
import { type Call, findEntity, guard, navigationApiOf, notAllowed, type ResolvedCall, setApiOf } from './call.ts'
import { ToldInstead, type ToManyApi } from './definition.ts'
import { offeredMethods } from './offered-methods.ts'
import { read } from './read.ts'
import { entityReply, type Reply, toldReply } from './reply.ts'

/** Answers a call. Throws `ODataError` for whatever is the caller's mistake. */
export async function answer(call: Call): Promise<Reply> {
  const request = parseRequest(call.api.model, call.url)
  const { resource } = request
  const format = negotiate(ignoresFormat(call, resource) ? undefined : request.options.format, call.accept)
  const context = { ...call.context, options: request.custom, authorize: call.authorize }
  const resolved: ResolvedCall = { ...call, context, request, format, change: {} }
  if (resource.kind === 'batch') return answerBatch(resolved, answer)
  return tellingOf(resolved, () => perform(resolved))
}

async function perform(call: ResolvedCall): Promise<Reply> {
  const { resource } = call.request
  if (call.method === 'HEAD' && (resource.kind === 'function-import' || resource.kind === 'link'))
    return { status: 200 }
  if (resource.kind === 'function-import') return callFunction(call, resource.functionImport.name)
  if (call.method === 'GET' || call.method === 'HEAD') return read(call)
  if (resource.kind === 'link') return changeLink(call, resource.steps)
  if (resource.kind === 'collection' && call.method === 'POST') return create(call, resource.steps)
  if (resource.kind === 'media' && call.method === 'PUT') return putMedia(call, resource.steps)
  if (resource.kind === 'entity' && call.method === 'PUT') return update(call, resource.steps, 'update')
  if (resource.kind === 'entity' && (call.method === 'PATCH' || call.method === 'MERGE'))
    return update(call, resource.steps, 'merge')
  if (resource.kind === 'entity' && call.method === 'DELETE') return remove(call, resource.steps)
  throw notAllowed(call.method, offeredMethods(call))
}

function noteKey(call: ResolvedCall, { set, key }: Step): void {
  if (key) call.change.id = idOf(set.type, key)
}

function ignoresFormat(call: Call, resource: Resource): boolean {
  return 'steps' in resource && setApiOf(call, resource.steps[0]).ignoresFormat === true
}

async function callFunction(call: ResolvedCall, name: string): Promise<Reply> {
  const found = call.api.functionImports.find(({ functionImport }) => functionImport.name === name)
  if (!found) throw new Error(`Expected function import "${name}" to be registered`)
  const { functionImport } = found
  if (call.method !== functionImport.method) throw notAllowed(call.method, functionImport.method)
  await call.authorize(found.roles)
  const { returnType } = functionImport
  const parameters = parseParameters(functionImport, call.request.custom)
  call.change.id = idOfCall(parameters)
  const { subjects } = found
  if (subjects) await call.context.requireAccess(() => subjects(parameters, call.context))
  const answered = await changing(call, () => found.run(parameters, call.context))
  if ('text' in answered) {
    const { status, text: body, location } = answered
    const headers = location === undefined ? {} : { location: `${call.serviceRoot}/${location}` }
    return { status, contentType: 'text/plain;charset=utf-8', headers, body }
  }
  if (typeof returnType === 'string') throw new Error(`Expected "${name}" to declare the entity that it returns`)
  return entityReply(call, { ...answered, set: call.api.model.targetOf(returnType) })
}

/** The parameters say what a function is called for; those of a mapping are values of it. */
function idOfCall(parameters: Readonly<Record<string, PrimitiveValue | undefined>>): string {
  return Object.values(parameters)
    .filter(value => typeof value === 'string' || typeof value === 'bigint')
    .slice(0, 2)
    .join(',')
}

async function create(call: ResolvedCall, steps: Steps): Promise<Reply> {
  if (steps.length > 1) return createRelated(call, steps)
  const operation = setApiOf(call, steps[0]).create
  if (!operation) throw notAllowed(call.method, offeredMethods(call))
  await call.authorize(operation.roles)
  const { type } = steps[0].set
  const text = await call.body()
  const related = () => parseRelatedBodies(call.api.model, type, text)
  const accepted = { ...type, properties: { ...type.properties, ...operation.accepts } }
  const body = parseEntityBody(accepted, text)
  call.change.id = idOf(type, body)
  await guard(call, steps[0], body, 'create')
  const row = await changing(call, () => operation.run(body, call.context, related))
  if (row instanceof ToldInstead) return toldReply(call, row.told)
  call.change.id = idOf(type, row)
  return entityReply(call, { set: steps[0].set, row, status: 201 })
}

async function createRelated(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { parents, last, navigation } = toManyOf(call, steps)
  const operation = navigation?.create
  if (!operation) throw notAllowed(call.method, offeredMethods(call))
  await call.authorize(operation.roles)
  const parent = await findOwner(call, parents)
  const body = parseEntityBody(last.set.type, await call.body())
  call.change.id = idOf(last.set.type, body)
  const row = await changing(call, () => operation.run(parent, body, call.context))
  call.change.id = idOf(last.set.type, row)
  return entityReply(call, { set: last.set, row, status: 201 })
}

/** The entity that something new or changed belongs to. */
async function findOwner(call: ResolvedCall, steps: readonly Step[]): Promise<EntityRow> {
  const owner = await findEntity(call, steps)
  const step = steps.at(-1)
  if (step) await guard(call, step, owner, 'change')
  return owner
}

/** The last of several steps, what it does if it leads to many, and the steps to the entity it starts from. */
function toManyOf(
  call: ResolvedCall,
  steps: Steps,
): { readonly parents: readonly Step[]; readonly last: Step; readonly navigation: ToManyApi | undefined } {
  const [before, last] = steps.slice(-2)
  if (!before || !last) throw new Error('Expected at least two steps')
  const navigation = navigationApiOf(call, before, last)
  return { parents: steps.slice(0, -1), last, navigation: 'list' in navigation ? navigation : undefined }
}

async function update(call: ResolvedCall, steps: Steps, kind: 'update' | 'merge'): Promise<Reply> {
  noteKey(call, steps[0])
  const setApi = setApiOf(call, steps[0])
  const operation = steps.length === 1 ? (setApi[kind] ?? setApi.update) : undefined
  if (!operation) throw notAllowed(call.method, offeredMethods(call))
  await call.authorize(operation.roles)
  const row = await findEntity(call, steps)
  await guard(call, steps[0], row, 'change')
  const { type } = steps[0].set
  const text = await call.body()
  const related = () => parseRelatedBodies(call.api.model, type, text)
  // Clients send PATCH without a body.
  const body = parseEntityBody(type, kind === 'merge' && text === '' ? '{}' : text)
  call.change.changes = changesOf(row, body)
  const told = await changing(call, () => operation.run(row, body, call.context, related))
  return told ? toldReply(call, told) : { status: operation.status }
}

async function putMedia(call: ResolvedCall, steps: Steps): Promise<Reply> {
  noteKey(call, steps[0])
  const operation = steps.length === 1 ? setApiOf(call, steps[0]).putMedia : undefined
  if (!operation || !steps[0].key) throw notAllowed(call.method, offeredMethods(call))
  await call.authorize(operation.roles)
  const { key } = steps[0]
  const text = await call.body()
  const told = await changing(call, () => operation.run(key, text, call.context))
  return told ? toldReply(call, told) : { status: operation.status }
}

async function remove(call: ResolvedCall, steps: Steps): Promise<Reply> {
  noteKey(call, steps[0])
  const operation = steps.length === 1 ? setApiOf(call, steps[0]).delete : undefined
  if (!operation) throw notAllowed(call.method, offeredMethods(call))
  await call.authorize(operation.roles)
  const row = await findEntity(call, steps)
  await guard(call, steps[0], row, 'delete')
  const told = await changing(call, () => operation.run(row, call.context))
  return told ? toldReply(call, told) : { status: operation.status }
}

/** `$links` address the related entity itself, as clients of the original use them: PUT updates it, DELETE deletes it. */
async function changeLink(call: ResolvedCall, steps: Steps): Promise<Reply> {
  const { parents, last, navigation } = toManyOf(call, steps)
  const { set, key } = last
  noteKey(call, last)
  const { updateLink, deleteLink } = navigation ?? {}
  if (key && updateLink && call.method === 'PUT') {
    await call.authorize(updateLink.roles)
    const parent = await findOwner(call, parents)
    const body = parseEntityBody(set.type, await call.body())
    await changing(call, () => updateLink.run(parent, key, body, call.context))
    return { status: updateLink.status }
  }
  if (key && deleteLink && call.method === 'DELETE') {
    await call.authorize(deleteLink.roles)
    const parent = await findOwner(call, parents)
    await changing(call, () => deleteLink.run(parent, key, call.context))
    return { status: deleteLink.status }
  }
  throw notAllowed(call.method, offeredMethods(call))
}
