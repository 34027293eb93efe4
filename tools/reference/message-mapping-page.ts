import { mappingFunctions } from '@sluice/iflow'
import { code, page, table } from './markdown.ts'

export function messageMappingPage(): string {
  const names = [...mappingFunctions].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
  return page(
    'Message mapping',
    'packages/iflow/src/mapping/functions and tools/reference/message-mapping-page.ts',
    [
      'How the Message Mapping step makes messages from `.mmap` files, written by the editor of Cloud Integration. A mapping',
      'that cannot be run keeps its flow from starting, with a sentence for each thing that is wrong.',
    ].join('\n'),
    '## Structures',
    [
      '- XML Schema with includes and imports inside the artifact, the types of a WSDL, requests and responses of OpenAPI 2.0 and',
      '  3.0 in JSON. Elements of a choice are optional; wildcards and substitution groups are left out.',
      '- Source elements are found by name and namespace of the structure; what the structure does not have is not found.',
      '- The target has its elements in the order of its structure. Mandatory ones that nothing is mapped to are there when',
      '  something below them is mapped; optional ones are not. Mappings to what the structure does not have are left out, with',
      '  a warning.',
      '- Several messages on a side stand in the envelope `Messages` with `Message1`, `Message2`, … .',
      '- EDMX of OData V2 and V4: an entity set holds its entities with their properties, and below each navigation property the',
      '  entities that it leads to; all are optional.',
    ].join('\n'),
    '## Queues and contexts',
    [
      '- Each source field is a queue of values in contexts, one for each parent, or for each element that is set as context.',
      '- A function works on the contexts of its inputs with the same number. An input with fewer values in a context lends its',
      '  last value to the rest; one without values leaves the context empty. Constants have one value in every context.',
      '- Each instance of a target element gives the next context of their queues to the elements below it. SUPPRESS creates',
      '  nothing and passes what is below by; values beyond the most that may occur are dropped; too few fail the message.',
      '- A function that cannot take a value fails the message only when the target, and no other branch, uses it.',
    ].join('\n'),
    '## User-defined functions',
    [
      'Groovy functions of the artifact. One that is declared with arrays or an `Output` gets all values of a context, any other',
      'single values; a null that is returned is the empty text. All calls for a queue are one request.',
    ].join('\n'),
    '## Standard functions',
    'By their names in mapping files.',
    table(
      ['function', 'inputs', 'gives'],
      names.map(([name, { doc, inputs }]) => [code(name), String(inputs), doc]),
    ),
  )
}
