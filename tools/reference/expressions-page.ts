import { expressions } from '@sluice/iflow'
import { code, page, table } from './markdown.ts'

export function expressionsPage(): string {
  return page(
    'Expressions',
    'packages/iflow/src/expressions',
    'The expression languages of the engine. The examples are executed by the tests.',
    ...expressions.map(language => {
      const rows = language.examples.map(({ expression, as, body = '', headers = {}, properties = {}, result }) => [
        code(expression),
        as,
        [
          body && `body ${code(body)}`,
          ...Object.entries(headers).map(([name, value]) => `header ${name} = ${code(String(value))}`),
          ...Object.entries(properties).map(([name, value]) => `property ${name} = ${code(String(value))}`),
        ]
          .filter(Boolean)
          .join('\n'),
        code(String(result)),
      ])
      const hints = [...language.functions, ...language.variables].map(({ text, doc }) => [code(text), doc])
      return [
        `## ${language.label}`,
        language.doc,
        table(['written', 'meaning'], hints),
        table(['expression', 'read as', 'message', 'result'], rows),
      ].join('\n\n')
    }),
  )
}
