import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseIflow } from '@sluice/iflow/bpmn'
import { type Change, changed, FILE, merge, OPENED } from './sample.ts'

const scriptProperty = `
                <i:property>
                    <key>script</key>
                    <value>a.groovy</value>
                </i:property>`
const openedFlow2 = '<bpmn2:sequenceFlow id="Flow_2" sourceRef="Router_1" targetRef="Call_1" />'
const fileFlow2 = '<b:sequenceFlow id="Flow_2" sourceRef="Router_1" targetRef="Call_1"/>'
const openedCall = /<bpmn2:callActivity[\s\S]*<\/bpmn2:callActivity>/.exec(OPENED)?.[0] ?? ''
const fileCall = /<b:callActivity[\s\S]*<\/b:callActivity>/.exec(FILE)?.[0] ?? ''
const openedShape = /<bpmndi:BPMNShape id="Shape_1"[\s\S]*?<\/bpmndi:BPMNShape>/.exec(OPENED)?.[0] ?? ''
const fileShape = /<bpmndi:BPMNShape bpmnElement="Call_1"[\s\S]*?<\/bpmndi:BPMNShape>/.exec(FILE)?.[0] ?? ''

const cases: [name: string, edit: readonly Change[], expected: readonly Change[]][] = [
  ['a property is set', [['a.groovy', 'b &lt; c']], [['a.groovy', 'b &lt; c']]],
  ['a property in CDATA is set', [['/a&amp;b', '/c&amp;d']], [['<![CDATA[/a&b]]>', '/c&amp;d']]],
  ['a property is set in CDATA', [['/a&amp;b', '<![CDATA[<x>\r\n]]>']], [['<![CDATA[/a&b]]>', '&lt;x&gt;&#13;\n']]],
  ['a property with a CR is set', [['events', 'other events']], [['events &apos;', "other events '"]]],
  ['an empty property is filled', [['<value />', '<value>x</value>']], [['<value/>', '<value>x</value>']]],
  ['a property is emptied', [['<value>a.groovy</value>', '<value />']], [['<value>a.groovy<', '<value><']]],
  [
    'a property is added',
    [
      [
        'a.groovy</value>\n        </ifl:property>',
        'a.groovy</value></ifl:property><ifl:property><key>k</key><value>v</value></ifl:property>',
      ],
    ],
    [[scriptProperty, scriptProperty + scriptProperty.replace('script', 'k').replace('a.groovy', 'v')]],
  ],
  [
    'a property is removed beside a comment',
    [['<ifl:property>\n        <key>cors</key>\n        <value />\n      </ifl:property>', '']],
    [
      [
        '\n            <i:property>\n                <key>cors</key>\n                <value/>\n            </i:property>',
        '',
      ],
    ],
  ],
  [
    'the first property is added to empty extension elements that the editor dropped',
    [
      [
        'ifl:type="EndpointSender" />',
        'ifl:type="EndpointSender"><bpmn2:extensionElements><ifl:property><key>k</key><value /></ifl:property></bpmn2:extensionElements></bpmn2:participant>',
      ],
    ],
    [
      [
        '<b:extensionElements/>',
        '<b:extensionElements><i:property><key>k</key><value/></i:property></b:extensionElements>',
      ],
    ],
  ],
  [
    'the first property is added to an element without content',
    [
      [
        'name="Exception" />',
        'name="Exception"><bpmn2:extensionElements><ifl:property><key>k</key><value>v</value></ifl:property></bpmn2:extensionElements></bpmn2:subProcess>',
      ],
    ],
    [
      [
        'name="Exception"/>',
        `name="Exception">
            <b:extensionElements>
                <i:property>
                    <key>k</key>
                    <value>v</value>
                </i:property>
            </b:extensionElements>
        </b:subProcess>`,
      ],
    ],
  ],
  ['a name is set', [['name="Call"', 'name="C&#38;&#34;\n"']], [['name="Call"', 'name="C&amp;&quot; "']]],
  ['a name in single quotes is set', [['&#34;Collaboration&#34;', "&#39;x'"]], [['"Collaboration"', '&apos;x&apos;']]],
  ['a name is removed', [[' name="Call"', '']], [[' name="Call"', '']]],
  [
    'a name is added',
    [['<bpmn2:sequenceFlow id="Flow_1"', '<bpmn2:sequenceFlow name="n" id="Flow_1"']],
    [['<b:sequenceFlow id="Flow_1"', '<b:sequenceFlow name="n" id="Flow_1"']],
  ],
  ['a default flow is set', [['default="Flow_2"', 'default="Flow_3"']], [["default='Flow_2'", "default='Flow_3'"]]],
  ['a condition is set', [["= '1'", "&gt; '2'"]], [["= '1'", "&gt; '2'"]]],
  [
    'a condition is added',
    [
      [
        openedFlow2,
        openedFlow2.replace(
          ' />',
          '><bpmn2:conditionExpression xsi:type="bpmn2:tFormalExpression">x</bpmn2:conditionExpression></bpmn2:sequenceFlow>',
        ),
      ],
    ],
    [
      [
        fileFlow2,
        fileFlow2.replace(
          '/>',
          '>\n            <b:conditionExpression xsi:type="b:tFormalExpression">x</b:conditionExpression>\n        </b:sequenceFlow>',
        ),
      ],
    ],
  ],
  [
    'a flow is led elsewhere',
    [
      [openedFlow2, openedFlow2.replace('Call_1', 'Sub_1')],
      ['<bpmn2:incoming>Flow_2</bpmn2:incoming>', ''],
      ['name="Exception" />', 'name="Exception"><bpmn2:incoming>Flow_2</bpmn2:incoming></bpmn2:subProcess>'],
    ],
    [
      [fileFlow2, fileFlow2.replace('Call_1', 'Sub_1')],
      ['\n            <b:incoming>Flow_2</b:incoming>', ''],
      ['name="Exception"/>', 'name="Exception">\n            <b:incoming>Flow_2</b:incoming>\n        </b:subProcess>'],
    ],
  ],
  [
    'a step with its flow and drawing is added',
    [
      [
        '<bpmn2:subProcess',
        '<bpmn2:callActivity id="New_1"><bpmn2:incoming>Flow_4</bpmn2:incoming></bpmn2:callActivity><bpmn2:subProcess',
      ],
      [
        '\n  </bpmn2:process>',
        '<bpmn2:sequenceFlow id="Flow_4" sourceRef="Call_1" targetRef="New_1" /></bpmn2:process>',
      ],
      [
        '</bpmn2:incoming>\n    </bpmn2:callActivity>',
        '</bpmn2:incoming><bpmn2:outgoing>Flow_4</bpmn2:outgoing></bpmn2:callActivity>',
      ],
      [
        '<bpmndi:BPMNEdge ',
        '<bpmndi:BPMNShape id="New_1_di" bpmnElement="New_1" isExpanded="true"><dc:Bounds x="1" y="2" width="3" height="4" /></bpmndi:BPMNShape><bpmndi:BPMNEdge ',
      ],
      [
        '</bpmndi:BPMNPlane>',
        '<bpmndi:BPMNEdge id="Flow_4_di" bpmnElement="Flow_4"><di:waypoint x="1" y="2" /></bpmndi:BPMNEdge></bpmndi:BPMNPlane>',
      ],
    ],
    [
      [
        '\n        <b:subProcess',
        '\n        <b:callActivity id="New_1">\n            <b:incoming>Flow_4</b:incoming>\n        </b:callActivity>\n        <b:subProcess',
      ],
      [
        '\n    </b:process>',
        '\n        <b:sequenceFlow id="Flow_4" sourceRef="Call_1" targetRef="New_1"/>\n    </b:process>',
      ],
      [
        '\n            <b:incoming>Flow_3</b:incoming>',
        '\n            <b:incoming>Flow_3</b:incoming>\n            <b:outgoing>Flow_4</b:outgoing>',
      ],
      [
        '\n            <bpmndi:BPMNEdge ',
        `
            <bpmndi:BPMNShape id="New_1_di" bpmnElement="New_1">
                <dc:Bounds x="1" y="2" width="3" height="4"/>
            </bpmndi:BPMNShape>
            <bpmndi:BPMNEdge `,
      ],
      [
        '\n        </bpmndi:BPMNPlane>',
        `
            <bpmndi:BPMNEdge id="Flow_4_di" bpmnElement="Flow_4">
                <di:waypoint x="1" y="2"/>
            </bpmndi:BPMNEdge>
        </bpmndi:BPMNPlane>`,
      ],
    ],
  ],
  [
    'a step is deleted with its drawing',
    [
      [openedCall, ''],
      [openedShape, ''],
    ],
    [
      [`\n        ${fileCall}`, ''],
      [`\n            ${fileShape}`, ''],
    ],
  ],
  ['a shape is moved', [['x="10" y="20"', 'x="15" y="20"']], [['x="10.0" y="20.0"', 'x="15" y="20.0"']]],
  [
    'an edge has another bend',
    [['<di:waypoint x="3" y="4" />', '<di:waypoint x="2.5" y="4" /><di:waypoint x="3" y="4" />']],
    [
      [
        '<di:waypoint x="3.0" xsi:type="dc:Point" y="4.0"/>',
        '<di:waypoint x="2.5" xsi:type="dc:Point" y="4.0"/>\n                <di:waypoint x="3" y="4"/>',
      ],
    ],
  ],
  [
    'a participant with a channel is added',
    [
      [
        '\n    <bpmn2:messageFlow id="MessageFlow_1"',
        '<bpmn2:participant id="P_3" name="R" ifl:type="EndpointRecevier" /><bpmn2:messageFlow id="MF_2" sourceRef="Call_1" targetRef="P_3" /><bpmn2:messageFlow id="MessageFlow_1"',
      ],
    ],
    [
      [
        '\n        <b:messageFlow',
        `
        <b:participant id="P_3" name="R" i:type="EndpointRecevier"/>
        <b:messageFlow id="MF_2" sourceRef="Call_1" targetRef="P_3"/>
        <b:messageFlow`,
      ],
    ],
  ],
  [
    'a local process is added',
    [
      [
        '  <bpmndi:BPMNDiagram',
        '<bpmn2:process id="Process_2"><bpmn2:startEvent id="Start_2" /></bpmn2:process><bpmndi:BPMNDiagram',
      ],
    ],
    [
      [
        '\n    <bpmndi:BPMNDiagram',
        '\n    <b:process id="Process_2">\n        <b:startEvent id="Start_2"/>\n    </b:process>\n    <bpmndi:BPMNDiagram',
      ],
    ],
  ],
  [
    'steps are put in another order',
    [
      [openedFlow2, ''],
      ['</bpmn2:process>', `${openedFlow2}</bpmn2:process>`],
    ],
    [
      [`\n        ${fileFlow2}`, ''],
      ['\n    </b:process>', `\n        ${fileFlow2}\n    </b:process>`],
    ],
  ],
  [
    'a step is moved into a subprocess and changed there',
    [
      [openedCall, ''],
      ['name="Exception" />', `name="Exception">${openedCall.replace('a.groovy', 'b.groovy')}</bpmn2:subProcess>`],
    ],
    [
      [`\n        ${fileCall}`, ''],
      [
        'name="Exception"/>',
        `name="Exception">\n            ${fileCall.replace('a.groovy', 'b.groovy')}\n        </b:subProcess>`,
      ],
    ],
  ],
  [
    'a step is put into a subprocess that is drawn around it',
    [[openedCall, `<bpmn2:subProcess id="Sub_2">${openedCall}</bpmn2:subProcess>`]],
    [[fileCall, `<b:subProcess id="Sub_2">\n            ${fileCall}\n        </b:subProcess>`]],
  ],
  [
    'a loop is made anew that the editor had dropped',
    [
      [
        '</bpmn2:incoming>\n    </bpmn2:callActivity>',
        '</bpmn2:incoming><bpmn2:standardLoopCharacteristics id="Loop_1" loopMaximum="20" /></bpmn2:callActivity>',
      ],
    ],
    [['id="Start_1" loopMaximum="10"', 'id="Loop_1" loopMaximum="20"']],
  ],
  ['a shape is drawn collapsed', [[' isExpanded="true"', '']], []],
]

for (const [name, edit, expected] of cases)
  test(`changes nothing else when ${name}`, () => assert.equal(merge(edit), changed(FILE, expected)))

test('means what the editor means', () => {
  const modelOf = (text: string) => {
    const model = parseIflow(text, 'a.iflw').document?.model
    assert.ok(model)
    return JSON.stringify(model, (key, value) =>
      key === 'line' || key === 'loop' ? 0 : value instanceof Map ? [...value] : value,
    )
  }
  for (const [name, edit] of cases.filter(([name]) => !/CR|CDATA/.test(name)))
    assert.equal(modelOf(merge(edit)), modelOf(changed(OPENED, edit).replaceAll('\r', '&#13;')), name)
})
