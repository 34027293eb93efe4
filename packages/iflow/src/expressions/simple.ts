import type { ExpressionLanguage } from './language.ts'
import { methodNames } from './simple/ognl.ts'
import { compilePredicate } from './simple/predicate.ts'
import { compileTemplate } from './simple/template.ts'

/** The subset of Camel's Simple language that integration flows use, compiled to closures. */
export const simple: ExpressionLanguage = {
  type: 'simple',
  label: 'Simple',
  doc: [
    'Texts with `${…}` functions in them, and conditions over them. Functions: `body`, `in.body`, `bodyAs(String)`,',
    '`mandatoryBodyAs(String)`, `header.NAME`, `headers.NAME`, `headerAs(NAME,String)`, `property.NAME`,',
    '`exchangeProperty.NAME` (names may hold further functions), `date:now:PATTERN`, `date:now-2h:PATTERN`,',
    '`date-with-timezone:now:ZONE:PATTERN`, `camelId`, `exchangeId`, `id`, `exception.message`,',
    '`exception.stacktrace`, `exception.statusCode`, `exception.statusText`, `exception.responseBody`,',
    '`exception.responseHeaders`, `file:name`, `file:onlyname`, `file:ext` (also `.noext`), `null`.',
    'In a text, `\\n`, `\\r`, `\\t` and `\\}` are escapes.',
    'Operators: `=` `!=` `>` `>=` `<` `<=` `contains` `in` `regex`, the last three also with `not`; `and`, `or` from left',
    'to right. Texts are compared as texts by `=`, as numbers by the others when both sides are numbers.',
    `Methods on a value: ${methodNames.map(name => `\`${name}\``).join(', ')} (name/number of arguments), and \`[n]\`.`,
  ].join(' '),
  examples: [
    { as: 'value', expression: 'Hello ${header.name}!', headers: { Name: 'Ada' }, result: 'Hello Ada!' },
    { as: 'value', expression: '${property.a${property.b}}', properties: { b: '1', a1: 'found' }, result: 'found' },
    { as: 'value', expression: "${date:now:yyyy-MM-dd'T'HH:mm:ssX}", result: '2025-03-14T15:09:26Z' },
    { as: 'value', expression: '${header.x.trim().length()}', headers: { x: ' ab ' }, result: '2' },
    {
      as: 'condition',
      expression: "${header.n} >= '10' and ${body} contains 'a'",
      headers: { n: 9 },
      body: 'a',
      result: false,
    },
    { as: 'condition', expression: "${property.kind} in 'gold, silver'", properties: { kind: 'silver' }, result: true },
  ],
  value: source => compileTemplate(source),
  condition: source => compilePredicate(source),
}
