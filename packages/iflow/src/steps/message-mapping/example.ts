import type { StepExample } from '../../compile/step.ts'

const orders =
  '<schema xmlns="http://www.w3.org/2001/XMLSchema"><element name="Orders"><complexType><sequence><element name="Order" maxOccurs="unbounded"><complexType><sequence><element name="Id"/><element name="Amount"/></sequence></complexType></element></sequence></complexType></element></schema>'

const bills =
  '<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:bills"><element name="Bills"><complexType><sequence><element name="Bill" maxOccurs="unbounded"><complexType><sequence><element name="Text"/></sequence><attribute name="number"/></complexType></element></sequence></complexType></element></schema>'

const link = (role: string, file: string, root: string, namespace: string) =>
  `<lnkRole kpos="1" role="${role}"><lnk><key typeID="xsd"><elem>${file}</elem><elem>src/main/resources/xsd</elem><elem>${root}</elem><elem>${namespace}</elem></key></lnk></lnkRole>`

const target = (path: string, source: string) => `<brick gid="0" path="${path}" type="Dst"><arg>${source}</arg></brick>`

const source = (path: string) => `<brick gid="0" path="${path}" type="Src"/>`

const mapping = [
  '<xiObj xmlns="urn:sap-com:xi"><generic><lnks>',
  link('SOURCE_IFR_MESS', 'Orders.xsd', 'Orders', ''),
  link('TARGET_IFR_MESS', 'Bills.xsd', 'Bills', 'urn:bills'),
  '</lnks></generic><content><tr:XiTrafo xmlns:tr="urn:sap-com:xi:mapping:xitrafo"><tr:MetaData><mappingtool><project><transformation>',
  target('/ns0:Bills/Bill', source('/Orders/Order')),
  target('/ns0:Bills/Bill/@number', source('/Orders/Order/Id')),
  target(
    '/ns0:Bills/Bill/Text',
    `<brick fname="concat" fns="dflt" type="Func"><arg>${source('/Orders/Order/Amount')}</arg><arg pin="1"><brick fname="const" fns="dflt" type="Func"><bindings><param name="value"><value>EUR</value></param></bindings></brick></arg><bindings><param name="delimeter"><value> </value></param></bindings></brick>`,
  ),
  '<namespaces><properties><property name="urn:bills">ns0</property></properties></namespaces>',
  '</transformation></project></mappingtool></tr:MetaData></tr:XiTrafo></content></xiObj>',
].join('')

/** A mapping file in brief, as the step's example. */
export const mappingExample: StepExample = {
  title: 'Orders become bills',
  properties: { mappinguri: 'dir://mmap/src/main/resources/mapping/Bills.mmap' },
  resources: { 'mapping/Bills.mmap': mapping, 'xsd/Bills.xsd': bills, 'xsd/Orders.xsd': orders },
  input: {
    body: '<Orders><Order><Id>7</Id><Amount>9.50</Amount></Order><Order><Id>8</Id><Amount>1</Amount></Order></Orders>',
  },
  output: {
    body: '<?xml version="1.0" encoding="UTF-8"?><ns0:Bills xmlns:ns0="urn:bills"><Bill number="7"><Text>9.50 EUR</Text></Bill><Bill number="8"><Text>1 EUR</Text></Bill></ns0:Bills>',
  },
}
