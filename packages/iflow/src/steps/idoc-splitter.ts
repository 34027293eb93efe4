import { defineStep } from '../compile/step.ts'
import { compileXmlSplit } from './splitter/compile-split.ts'
import { splitterOperation } from './splitter/splitter-operation.ts'

export const idocSplitter = defineStep({
  type: 'IDoc',
  label: 'IDoc Splitter',
  doc: [
    'Splits a message of several IDocs into messages of one each, as the General Splitter does with the path `//IDOC`: parts',
    'keep what encloses their IDoc.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Routing',
  element: { version: '1.1.0', properties: { activityType: 'Splitter', splitType: 'IDoc' } },
  leaves: 'one',
  branching: 'splits',
  props: {},
  examples: [
    {
      title: 'Two IDocs',
      partReplies: '[${in.body}]',
      input: { body: '<ORDERS05><IDOC BEGIN="1">1</IDOC><IDOC BEGIN="1">2</IDOC></ORDERS05>' },
      output: {
        body: [
          "[<?xml version='1.0' encoding='UTF-8'?><ORDERS05><IDOC BEGIN=\"1\">1</IDOC></ORDERS05>]",
          "[<?xml version='1.0' encoding='UTF-8'?><ORDERS05><IDOC BEGIN=\"1\">2</IDOC></ORDERS05>]",
        ].join(''),
      },
    },
  ],
  compile: async (_, context) => {
    const split = await compileXmlSplit('//IDOC', { keepsEnvelope: true }, context)
    const props = {
      grouping: '',
      Streaming: true,
      StopOnExecution: true,
      ParallelProcessing: false,
      SplitterThreads: 1,
      timeOut: 1,
    }
    return split && splitterOperation(split, props, context)
  },
})
