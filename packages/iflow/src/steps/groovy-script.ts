import { defineStep } from '../compile/step.ts'
import { compileScript, scriptProps } from './script/compile-script.ts'

export const groovyScript = defineStep({
  type: 'GroovyScript',
  label: 'Groovy Script',
  doc: [
    'Calls a function of a Groovy script with the message: `Message processData(Message message)`. What the function does to',
    'the message is done, whatever it returns. Other scripts of the same artifact are classes that it can import',
    '(`import src.main.resources.script.Totals`), Java archives in its folder `lib` are on the class path. Values of variables',
    'that were not declared are kept between calls, for this flow alone. An exception fails the step with its text.',
  ].join(' '),
  versions: { from: '1.0', to: '1.1' },
  group: 'Transformation',
  element: { version: '1.1.2', properties: { activityType: 'Script', subActivityType: 'GroovyScript' } },
  leaves: 'one',
  props: scriptProps(['groovy', 'gsh']),
  examples: [
    {
      title: 'Change the body',
      properties: { script: 'Greet.groovy' },
      resources: {
        'script/Greet.groovy': [
          'import com.sap.gateway.ip.core.customdev.util.Message',
          '',
          'Message processData(Message message) {',
          '    message.setBody("Hello, " + message.getBody(String))',
          '    return message',
          '}',
        ].join('\n'),
      },
      scripts: { 'script/Greet.groovy#processData': { body: 'Hello, Ada' } },
      input: { body: 'Ada' },
      output: { body: 'Hello, Ada' },
    },
    {
      title: 'A function of another name, and a header',
      properties: { script: 'Orders.groovy', scriptFunction: 'count' },
      resources: {
        'script/Orders.groovy': [
          'import com.sap.gateway.ip.core.customdev.util.Message',
          '',
          'Message count(Message message) {',
          '    def orders = new XmlSlurper().parse(message.getBody(java.io.Reader))',
          '    message.setHeader("Orders", orders.order.size())',
          '    return message',
          '}',
        ].join('\n'),
      },
      scripts: { 'script/Orders.groovy#count': { headers: { Orders: 2 } } },
      input: { body: '<orders><order/><order/></orders>' },
      output: { body: '<orders><order/><order/></orders>', headers: { Orders: 2 } },
    },
    {
      title: 'A function that is not there',
      properties: { script: 'Empty.groovy' },
      resources: { 'script/Empty.groovy': 'def helper() {}' },
      status: 'FAILED',
      failure: 'script',
    },
  ],
  compile: (props, context) => compileScript('groovy', props, context),
})
