import { defineStep } from '../compile/step.ts'
import { compileScript, scriptProps } from './script/compile-script.ts'

export const javaScript = defineStep({
  type: 'JavaScript',
  label: 'JavaScript',
  doc: [
    'Calls a function of a JavaScript file with the message: `function processData(message)`. What the function does to the',
    'message is done, whatever it returns. Each call runs in a sandbox of its own, without files, network or clock tricks, and',
    'within limits of time and memory. Of Java there is what message handling needs: `java.lang.String`, `java.util.HashMap`,',
    '`ArrayList`, `Date` and the like; other classes fail the step. An error fails it with its text and line.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Transformation',
  element: { version: '1.1.1', properties: { activityType: 'Script', subActivityType: 'JavaScript' } },
  leaves: 'one',
  props: scriptProps(['js']),
  examples: [
    {
      title: 'Read JSON into a property',
      properties: { script: 'Contact.js' },
      resources: {
        'script/Contact.js': [
          'importClass(com.sap.gateway.ip.core.customdev.util.Message);',
          '',
          'function processData(message) {',
          '    var body = JSON.parse(String(message.getBody(new java.lang.String().getClass())));',
          '    message.setProperty("ContactID", body.result.id);',
          '    return message;',
          '}',
        ].join('\n'),
      },
      scripts: { 'script/Contact.js#processData': { properties: { ContactID: 'CID_7' } } },
      input: { body: '{"result":{"id":"CID_7"}}' },
      output: { body: '{"result":{"id":"CID_7"}}', properties: { ContactID: 'CID_7' } },
    },
    {
      title: 'A function that is not there',
      properties: { script: 'Empty.js', scriptFunction: 'convert' },
      resources: { 'script/Empty.js': 'function processData(message) { return message; }' },
      status: 'FAILED',
      failure: 'script',
    },
  ],
  compile: (props, context) => compileScript('javascript', props, context),
})
