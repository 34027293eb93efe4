import { choice, tab, when } from '../compile/props.ts'
import { defineStep } from '../compile/step.ts'
import { compileXmlSplit, textSplit } from './splitter/compile-split.ts'
import { splitterOperation } from './splitter/splitter-operation.ts'
import { splitPath, splitterProps } from './splitter/splitter-props.ts'
import { byLineWithHeader } from './splitter/text-parts.ts'

export const generalSplitter = defineStep({
  type: 'GeneralSplitter',
  label: 'General Splitter',
  doc: [
    'Splits the message and runs what follows for each part, up to the Gather that belongs to it or the end of the path.',
    'XML parts keep what encloses their elements: all that stands before the first that was found, and the end tags. Parts',
    'of lines all begin with the first line. Without a Gather the message after the split is the one before it. When there',
    'is no part, the path ends. A part that handles its failure in the exception subprocess ends there and is gathered.',
    'Properties `CamelSplitIndex` (from 0), `CamelSplitComplete` and `CamelSplitSize` tell a part its place.',
  ].join(' '),
  versions: { from: '1.0', to: '1.6' },
  group: 'Routing',
  element: { version: '1.6.0', properties: { activityType: 'Splitter', splitType: 'GeneralSplitter' } },
  leaves: 'one',
  branching: 'splits',
  props: tab('Processing', {
    exprType: choice(
      'Expression Type',
      'What the message is split by.',
      { 'Line Break': 'Lines.', XPath: 'Elements.' },
      { default: 'XPath' },
    ),
    ...when('exprType', ['XPath'], { splitExprValue: splitPath }),
    ...splitterProps,
  }),
  examples: [
    {
      title: 'Orders in their envelope',
      properties: { exprType: 'XPath', splitExprValue: '/orders/order' },
      partReplies: '[${property.CamelSplitIndex}: ${in.body}]',
      input: { body: '<orders><of>me</of><order>1</order><order>2</order></orders>' },
      output: {
        body: [
          "[0: <?xml version='1.0' encoding='UTF-8'?><orders><of>me</of><order>1</order></orders>]",
          "[1: <?xml version='1.0' encoding='UTF-8'?><orders><of>me</of><order>2</order></orders>]",
        ].join(''),
      },
    },
    {
      title: 'Lines with their headings, two at a time',
      properties: { exprType: 'Line Break', grouping: '2' },
      partReplies: '[${in.body}]',
      input: { body: 'id,name\n1,a\n2,b\n3,c\n' },
      output: { body: '[id,name\n1,a\n2,b][id,name\n3,c]' },
    },
    {
      title: 'Nothing to split',
      properties: { exprType: 'XPath', splitExprValue: '//item' },
      partReplies: 'not run',
      input: { body: '<orders/>' },
      output: { body: '<orders/>' },
    },
  ],
  compile: async (props, context) => {
    const split =
      props.exprType === 'XPath'
        ? await compileXmlSplit(props.splitExprValue, { keepsEnvelope: true }, context)
        : textSplit(byLineWithHeader)
    return split && splitterOperation(split, props, context)
  },
})
