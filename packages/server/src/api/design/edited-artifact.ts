import { openBundle } from '@sluice/iflow'
import { ODataError } from '@sluice/odata'
import type { FastifyRequest } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { Problem } from '../../http/problem.ts'
import { ArchiveError, archiveLimits, readArchive } from '../../runtime/archive.ts'
import { artifactSubject } from '../odata/protected-subjects.ts'
import { checkAccess, protectionsFor } from '../odata/protection.ts'
import type { DesignApiOptions } from './options.ts'

/** An artifact as somebody edits it: what is stored, and what differs. */
export const editedArtifact = {
  id: {
    type: 'string',
    minLength: 1,
    maxLength: 512,
    description:
      'ID of the stored artifact that the files belong to, as it is now. Without one, `files` are all there is.',
  },
  version: {
    type: 'string',
    maxLength: 512,
    description: 'Of a saved version of it. Default: what is current.',
  },
  files: {
    type: 'object',
    description: 'Files that differ, by path inside the artifact: the text, or null for one that is gone.',
    additionalProperties: { type: ['string', 'null'] },
    maxProperties: archiveLimits.entriesMax,
  },
} as const

const body = { type: 'object', properties: editedArtifact, required: ['files'] } as const

/** An artifact, read, and the values that are configured for its parameters. */
export interface EditedArtifact {
  readonly opened: ReturnType<typeof openBundle>
  readonly parameters: ReadonlyMap<string, string>
}

/**
 * Reads the artifact that a request is about. Throws `Problem`: 403 where an access policy protects it, 404 where there is none.
 * What is wrong inside is a diagnostic.
 */
export async function openEdited(
  request: FastifyRequest,
  { id, version, files }: FromSchema<typeof body>,
  options: DesignApiOptions,
): Promise<EditedArtifact> {
  const changed = new Map(Object.entries(files))
  if (id === undefined) return { opened: openBundle(merged(new Map(), changed)), parameters: new Map() }
  const stored = await options.store.artifacts.open(id, version)
  if (!stored) throw new Problem(404, 'no-artifact', `Expected the ID of an artifact, found "${id}".`)
  await requireAccess(request, stored.artifact, options)
  try {
    const opened = openBundle(merged(await readArchive(stored.content), changed))
    return { opened, parameters: stored.configurations }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    const { code, message } = error
    return {
      opened: { bundle: undefined, diagnostics: [{ code, severity: 'error', message, at: {} }] },
      parameters: new Map(),
    }
  }
}

function merged(
  stored: ReadonlyMap<string, Uint8Array>,
  changed: ReadonlyMap<string, string | null>,
): Map<string, Uint8Array> {
  const files = new Map(stored)
  for (const [path, text] of changed) {
    if (text === null) files.delete(path)
    else files.set(path, Buffer.from(text))
  }
  return files
}

async function requireAccess(
  request: FastifyRequest,
  artifact: Parameters<typeof artifactSubject>[0],
  { access, catalogue, store }: DesignApiOptions,
): Promise<void> {
  const hasRole = async (role: string) =>
    access.hasRole(await access.authenticate(request.raw, catalogue.api), catalogue.api, role)
  const protections = await protectionsFor(store.accessPolicies, hasRole)
  try {
    await checkAccess(protections, async () => [await artifactSubject(artifact, { store })])
  } catch (error) {
    if (!(error instanceof ODataError)) throw error
    throw new Problem(403, 'forbidden', error.message, { reason: error.reason ?? error.message })
  }
}
