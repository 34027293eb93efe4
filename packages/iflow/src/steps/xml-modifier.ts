import { choice, flag, tab } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { Body } from '../run/body.ts'
import { encode } from '../run/charset.ts'
import type { Exchange } from '../run/exchange.ts'
import { decodeXml, xmlEncoding } from '../run/xml.ts'
import { replaceInvalid } from './xml-modifier/characters.ts'
import { withoutDeclaration, withoutExternalDtd } from './xml-modifier/prolog.ts'

export const xmlModifier = defineStep({
  type: 'XmlModifier',
  label: 'XML Modifier',
  doc: [
    'Takes out of the text of an XML body what later steps cannot read. Everything else stays as it is, the line end behind',
    'the declaration included; the body need not be well-formed.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Transformation',
  element: { version: '1.1.0', properties: { activityType: 'XmlModifier' } },
  leaves: 'one',
  props: tab('Processing', {
    removeExternalDTDs: flag(
      'Remove External DTDs',
      'Whether a document type declaration goes that refers to something outside, in itself or in one of its entities.',
      { default: false, fresh: '1' },
    ),
    removeXmlDeclaration: flag('Remove XML Declaration', 'Whether the XML declaration goes.', {
      default: false,
      fresh: '1',
    }),
    xmlCharacterHandling: choice(
      'Invalid XML Character Handling',
      'What becomes of characters that the XML version of the body does not allow.',
      {
        none: ['None', 'They stay.'],
        remove: ['Remove', 'They go.'],
        substitute: ['Substitute', 'Each is replaced by `#`.'],
      },
      { default: 'none' },
    ),
  }),
  examples: [
    {
      title: 'Without declaration and DTD',
      properties: { removeExternalDTDs: '1', removeXmlDeclaration: '1' },
      input: { body: '<?xml version="1.0"?><!DOCTYPE order SYSTEM "order.dtd"><order/>' },
      output: { body: '<order/>' },
    },
    {
      title: 'Without invalid characters',
      properties: { xmlCharacterHandling: 'substitute' },
      input: { body: '<order>a\u0001b</order>' },
      output: { body: '<order>a#b</order>' },
    },
  ],
  compile:
    ({ removeExternalDTDs, removeXmlDeclaration, xmlCharacterHandling }) =>
    exchange => {
      const before = xmlText(exchange)
      let text = before
      if (xmlCharacterHandling !== 'none') text = replaceInvalid(text, xmlCharacterHandling === 'remove' ? '' : '#')
      if (removeExternalDTDs) text = withoutExternalDtd(text)
      const keepsEncoding = !removeXmlDeclaration
      if (removeXmlDeclaration) text = withoutDeclaration(text)
      if (text !== before) exchange.body = modified(exchange, text, keepsEncoding)
      return undefined
    },
})

function xmlText({ body, charset }: Exchange): string {
  return body.raw instanceof Uint8Array ? decodeXml(body.raw, charset) : body.text(charset)
}

/** Bytes stay in the encoding that their declaration names, for as long as they have one. */
function modified({ body, charset }: Exchange, text: string, keepsEncoding: boolean): Body {
  return Body.of(body.raw instanceof Uint8Array && keepsEncoding ? encode(text, xmlEncoding(body.raw, charset)) : text)
}
