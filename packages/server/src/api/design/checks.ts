import { prepareFlow } from '@sluice/iflow'
import type { FastifyInstance } from 'fastify'
import type { FromSchema } from 'json-schema-to-ts'
import { audited, type Guard } from '../../http/route-description.ts'
import { compileArtifact } from '../../local/compile-artifact.ts'
import { diagnostics } from './diagnostics.ts'
import { editedArtifact, openEdited } from './edited-artifact.ts'
import type { DesignApiOptions } from './options.ts'

const body = {
  type: 'object',
  required: ['files'],
  properties: {
    ...editedArtifact,
    scripts: {
      type: 'boolean',
      description: 'Whether scripts and stylesheets are compiled, too, of a flow without other errors.',
    },
  },
  additionalProperties: false,
} as const

const answer = { type: 'object', required: ['diagnostics'], properties: { diagnostics } } as const

/** `POST /checks`: what keeps an artifact from running, as it is being edited. */
export function registerChecks(api: FastifyInstance, options: DesignApiOptions, guard: Guard): void {
  api.post<{ Body: FromSchema<typeof body> }>(
    '/checks',
    {
      ...audited(guard, false),
      schema: { tags: ['Design'], summary: 'Check an artifact that is being edited', body, response: { 200: answer } },
    },
    async request => {
      const { others, hosts } = options.world
      const { opened, parameters } = await openEdited(request, request.body, options)
      const { plan, diagnostics } = await compileArtifact(opened, parameters, others.bundles)
      if (!plan || !request.body.scripts) return { diagnostics }
      return { diagnostics: [...diagnostics, ...(await prepareFlow(plan, hosts))] }
    },
  )
}
