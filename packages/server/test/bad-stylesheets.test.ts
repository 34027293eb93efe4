import { scriptCache } from '../src/scripting/testing/script-tenant.ts'
import { type BadInput, type BadMessages, describeBadMessages } from './bad-messages.ts'

const stylesheet = (content: string) =>
  `<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">${content}</xsl:stylesheet>`
const root = (content: string) => stylesheet(`<xsl:template match="/">${content}</xsl:template>`)

const message = (cause: RegExp): readonly BadInput[] => [{ name: 'a message', body: '<a/>', cause }]

/** What stylesheets must not do, or not for ever. */
const stylesheets: Readonly<Record<string, readonly [text: string, inputs: readonly BadInput[]]>> = {
  'reads a file': [
    root('<r><xsl:value-of select="unparsed-text(\'file:///etc/hostname\')"/></r>'),
    message(/etc\/hostname/),
  ],
  'reads a URL': [
    root('<r><xsl:copy-of select="document(\'http://127.0.0.1:9/a.xml\')"/></r>'),
    message(/127\.0\.0\.1/),
  ],
  'writes a file': [
    root('<xsl:result-document href="file:///tmp/sluice-was-here.xml"><r/></xsl:result-document>'),
    message(/result/),
  ],
  'calls itself without end': [
    stylesheet('<xsl:template match="/" name="again"><r><xsl:call-template name="again"/></r></xsl:template>'),
    message(/Bad\.xsl|recursi|memory|stack/i),
  ],
  'gets what is no XML': [
    root('<r/>'),
    [
      { name: 'malformed', body: '<a><b></a>', cause: /well-formed XML/ },
      {
        name: 'external entity',
        body: '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
        cause: /without a document type declaration/,
      },
    ],
  ],
}

describeBadMessages(
  'a stylesheet that',
  () =>
    Object.entries(stylesheets).map(
      ([name, [text, inputs]]): BadMessages => ({
        name,
        steps: [
          {
            id: 'Bad',
            type: 'XSLTMapping',
            properties: { mappinguri: 'dir://mapping/xslt/src/main/resources/mapping/Bad.xsl' },
          },
        ],
        resources: { 'mapping/Bad.xsl': text },
        inputs,
      }),
    ),
  {
    env: {
      SLUICE_SCRIPT_MEMORY_MAX_MB: '64',
      SLUICE_SCRIPT_WORKERS: '1',
      SLUICE_CACHE: scriptCache,
    },
  },
)
