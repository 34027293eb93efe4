/** The types of resources, as their `ResourceType` says, with the usual ending of their names first. */
export const resourceTypes = {
  groovy: { text: 'resources.groovy', endings: ['groovy', 'gsh'] },
  js: { text: 'resources.js', endings: ['js'] },
  xslt: { text: 'resources.xslt', endings: ['xsl', 'xslt'] },
  mmap: { text: 'resources.mmap', endings: ['mmap'] },
  opmap: { text: 'resources.opmap', endings: ['opmap'] },
  xsd: { text: 'resources.xsd', endings: ['xsd'] },
  wsdl: { text: 'resources.wsdl', endings: ['wsdl'] },
  edmx: { text: 'resources.edmx', endings: ['edmx'] },
  json: { text: 'resources.json', endings: ['json'] },
  jar: { text: 'resources.jar', endings: ['jar'] },
} as const

/** One of them. */
export type ResourceType = keyof typeof resourceTypes

/** Their names in the order in which they are listed. */
export const resourceTypeNames = Object.keys(resourceTypes) as readonly ResourceType[]

/** Whether there is such a type. */
export function isResourceType(name: string): name is ResourceType {
  return Object.hasOwn(resourceTypes, name)
}

/** The type that a file of this name has; undefined where there is none. */
export function typeOfFile(name: string): ResourceType | undefined {
  const ending = /\.([^.]*)$/.exec(name.toLowerCase())?.[1] ?? ''
  return resourceTypeNames.find(type => (resourceTypes[type].endings as readonly string[]).includes(ending))
}

/** The name with an ending of the type, which it gets where it has none. */
export function withEnding(name: string, type: ResourceType): string {
  const { endings } = resourceTypes[type]
  return name === '' || endings.some(ending => name.toLowerCase().endsWith(`.${ending}`))
    ? name
    : `${name}.${endings[0]}`
}

/** What a fresh resource of a type holds; undefined where it can only be uploaded. */
export function templateOf(type: ResourceType): string | undefined {
  return templates[type]
}

const templates: Readonly<Partial<Record<ResourceType, string>>> = {
  groovy: `import com.sap.gateway.ip.core.customdev.util.Message

Message processData(Message message) {
    def body = message.getBody(String)
    message.setBody(body)
    return message
}
`,
  js: `importClass(com.sap.gateway.ip.core.customdev.util.Message)

function processData(message) {
  var body = message.getBody(new java.lang.String().getClass())
  message.setBody(body)
  return message
}
`,
  xslt: `<?xml version="1.0" encoding="UTF-8"?>
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="xml" indent="yes"/>
  <xsl:mode on-no-match="shallow-copy"/>
</xsl:stylesheet>
`,
  xsd: `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">
  <xs:element name="Root">
    <xs:complexType>
      <xs:sequence/>
    </xs:complexType>
  </xs:element>
</xs:schema>
`,
  json: `{}
`,
}
