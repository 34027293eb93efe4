import { choice, tab, text, when } from '../compile/props.ts'
import { defineStep, type StepContext } from '../compile/step.ts'
import { compileXmlSplit, textSplit } from './splitter/compile-split.ts'
import { type Split, splitterOperation } from './splitter/splitter-operation.ts'
import { splitPath, splitterProps } from './splitter/splitter-props.ts'
import { byLine, byToken, notAtAll } from './splitter/text-parts.ts'

export const iteratingSplitter = defineStep({
  type: 'Camel',
  label: 'Iterating Splitter',
  doc: [
    'Splits the message and runs what follows for each part, up to the Gather that belongs to it or the end of the path.',
    'A part is an element, a line, or what a token stands for, without what encloses it; XML elements get the namespace',
    'declarations that they inherit, and groups of several the root element `group`. Without a Gather the message after the',
    'split is the one before it. When there is no part, the path ends. A part that handles its failure in the exception',
    'subprocess ends there and is gathered. Properties `CamelSplitIndex` (from 0), `CamelSplitComplete` and',
    '`CamelSplitSize` tell a part its place.',
  ].join(' '),
  versions: { from: '1.0', to: '1.6' },
  group: 'Routing',
  element: { version: '1.6.0', properties: { activityType: 'Splitter', splitType: 'IteratingSplitter' } },
  leaves: 'one',
  branching: 'splits',
  props: tab('Processing', {
    exprType: choice(
      'Expression Type',
      'What the message is split by.',
      { 'Line Break': 'Lines.', Token: 'A token.', XPath: 'Elements.' },
      { default: 'XPath' },
    ),
    ...when('exprType', ['XPath'], { splitExprValue: splitPath }),
    ...when('exprType', ['Token'], {
      tokenValue: text(
        'Token',
        'The token: the name of an XML element, with or without angle brackets, or the text between two parts. Empty: the message is one part.',
        { default: '' },
      ),
    }),
    ...splitterProps,
  }),
  examples: [
    {
      title: 'Orders without their envelope',
      properties: { exprType: 'XPath', splitExprValue: '//order' },
      partReplies: '[${in.body}]',
      input: { body: '<orders xmlns="urn:o"><order>1</order><order>2</order></orders>' },
      output: { body: '[<order xmlns="urn:o">1</order>][<order xmlns="urn:o">2</order>]' },
    },
    {
      title: 'By the name of an element, as it is written',
      properties: { exprType: 'Token', tokenValue: 'order' },
      partReplies: '[${in.body}]',
      input: { body: '<orders><order>1</order><order>2</order></orders>' },
      output: { body: '[<order>1</order>][<order>2</order>]' },
    },
    {
      title: 'By lines',
      properties: { exprType: 'Line Break' },
      partReplies: '[${in.body}]',
      input: { body: '1,a\n2,b' },
      output: { body: '[1,a][2,b]' },
    },
  ],
  compile: async (props, context) => {
    const split = await compileSplit(props, context)
    return split && splitterOperation(split, props, context)
  },
})

interface SplitBy {
  readonly exprType: string
  readonly splitExprValue: string
  readonly tokenValue: string
}

async function compileSplit(
  { exprType, splitExprValue, tokenValue }: SplitBy,
  context: StepContext,
): Promise<Split | undefined> {
  if (exprType === 'Line Break') return textSplit(byLine)
  if (exprType === 'XPath') return compileXmlSplit(splitExprValue || tokenValue, { keepsEnvelope: false }, context)
  // Both properties hold the token; files of early versions have one of them.
  const token = tokenValue || splitExprValue
  if (token !== '') return textSplit(byToken(token))
  context.report('missing-property', 'Expected a token, found none: the message is not split.', 'warning')
  return textSplit(notAtAll)
}
