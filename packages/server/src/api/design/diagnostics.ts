/** The schema of `Diagnostic`s: what is wrong with an artifact, as `sluice check --json` tells it. */
export const diagnostics = {
  type: 'array',
  items: {
    type: 'object',
    required: ['code', 'severity', 'message', 'at'],
    properties: {
      code: { type: 'string', description: 'Stable, in kebab-case; docs/reference/errors.md has them all.' },
      severity: { type: 'string', enum: ['error', 'warning'] },
      message: { type: 'string', description: 'What was expected and what was found, for people.' },
      at: {
        type: 'object',
        description: 'Where it is, as far as that is known.',
        properties: {
          file: { type: 'string', description: 'Path inside the artifact.' },
          elementId: { type: 'string', description: 'BPMN ID.' },
          elementName: { type: 'string' },
          line: { type: 'integer', description: 'From 1.' },
        },
      },
      parameters: {
        type: 'array',
        items: { type: 'string' },
        description: 'Externalised parameters whose values are what is wrong.',
      },
    },
  },
} as const
