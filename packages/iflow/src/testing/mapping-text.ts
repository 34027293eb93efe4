/** A mapping in a few lines, to be written as an `.mmap` file. */
export interface MappingSketch {
  readonly sources: readonly LinkSketch[]
  readonly targets: readonly LinkSketch[]
  /** Target path to what makes it: `source`, `call`, `shared`; undefined: it is listed only. */
  readonly fields: Readonly<Record<string, string | undefined>>
  /** Paths that are switched off. */
  readonly switchedOff?: readonly string[]
  /** Prefix to namespace. */
  readonly prefixes?: Readonly<Record<string, string>>
  /** Script files in `script/` by library. */
  readonly libraries?: Readonly<Record<string, string>>
}

/** Where a structure is described; files lie in `schema/`. */
export interface LinkSketch {
  readonly kind: 'xsd' | 'wsdl' | 'json'
  readonly file: string
  readonly root: string
  readonly namespace?: string
  /** `minOccurs..maxOccurs`. Default `1..1`. */
  readonly occurs?: string
}

/** Writes the sketch as a mapping file. */
export function mappingText(sketch: MappingSketch): string {
  const { sources, targets, fields, switchedOff = [], prefixes = {}, libraries = {} } = sketch
  return [
    '<xiObj xmlns="urn:sap-com:xi"><generic><lnks>',
    ...targets.map((link, index) => linkText('TARGET_IFR_MESS', link, index)),
    ...sources.map((link, index) => linkText('SOURCE_IFR_MESS', link, index)),
    '</lnks></generic><content><tr:XiTrafo xmlns:tr="urn:sap-com:xi:mapping:xitrafo"><tr:MetaData><mappingtool><project>',
    '<libstorage>',
    ...Object.entries(libraries).map(([name, file]) => libraryText(name, file)),
    '</libstorage><transformation>',
    ...Object.entries(fields).map(([path, expression]) => fieldText(path, expression, switchedOff.includes(path))),
    '<namespaces><properties>',
    ...Object.entries(prefixes).map(([prefix, uri]) => `<property name="${uri}">${prefix}</property>`),
    '</properties></namespaces></transformation></project></mappingtool></tr:MetaData>',
    `<tr:SourceParameters>${sources.map(parameterText).join('')}</tr:SourceParameters>`,
    `<tr:TargetParameters>${targets.map(parameterText).join('')}</tr:TargetParameters>`,
    '</tr:XiTrafo></content></xiObj>',
  ].join('')
}

/** A field of the source; `context` is the path of the element that its contexts are of. */
export function source(path: string, context?: string): string {
  return `<brick gid="0" path="${path}" type="Src"${context === undefined ? '' : ` context="${context}"`}/>`
}

/** A function; library `dflt` for standard ones. `#n` behind an input means output `n` of it. */
export function call(
  name: string,
  inputs: readonly string[],
  parameters: Readonly<Record<string, string>> = {},
  library = 'dflt',
): string {
  const bindings = Object.entries(parameters).map(
    ([key, value]) => `<param name="${key}"><value>${value}</value></param>`,
  )
  return `<brick fname="${name}" fns="${library}" type="Func">${inputs.map(inputText).join('')}<bindings>${bindings.join('')}</bindings></brick>`
}

/** The constant of this text. */
export function constant(value: string): string {
  return call('const', [], { value })
}

/** What is used several times: its first use, and every other one. */
export function shared(uid: string, brick?: string): string {
  return brick === undefined ? `<brick object_uid="${uid}"/>` : brick.replace('<brick ', `<brick object_uid="${uid}" `)
}

function inputText(input: string, index: number): string {
  const [, brick = '', output] = /^(.*?)(?:#(\d+))?$/s.exec(input) ?? []
  return `<arg${index === 0 ? '' : ` pin="${index}"`}${output === undefined ? '' : ` from="${output}"`}>${brick}</arg>`
}

function fieldText(path: string, expression: string | undefined, isOff: boolean): string {
  const off = isOff ? '<properties><property name="switchedOff">true</property></properties>' : ''
  return `<brick gid="0" path="${path}" type="Dst">${expression === undefined ? '' : inputText(expression, 0)}${off}<group/></brick>`
}

function linkText(role: string, { kind, file, root, namespace = '' }: LinkSketch, index: number): string {
  const elements = [file, 'src/main/resources/schema', root, namespace].map(text => `<elem>${text}</elem>`)
  return `<lnkRole kpos="${index + 1}" role="${role}"><lnk><key typeID="${kind}">${elements.join('')}</key></lnk></lnkRole>`
}

function libraryText(name: string, file: string): string {
  const key = `<key typeID="gsh"><elem>${file}</elem><elem>src/main/resources/script</elem></key>`
  return `<entry name="${name}"><libref><ref><key>${key}</key></ref></libref></entry>`
}

function parameterText({ occurs = '1..1' }: LinkSketch, index: number): string {
  const [min = '1', max = '1'] = occurs.split('..')
  return `<tr:Parameter><tr:Position>${index + 1}</tr:Position><tr:Minoccurs>${min}</tr:Minoccurs><tr:Maxoccurs>${max}</tr:Maxoccurs></tr:Parameter>`
}
