import type { XmlElement } from '@sluice/iflow/bpmn'
import type { SamlAssertion, SubjectConfirmation } from '@sluice/oauth'
import { attributeOf, childOf, childrenOf, isElement, SamlError } from './saml-xml.ts'
import { namespaces } from './vocabulary.ts'

const { assertion: saml } = namespaces

/** Conditions that this server understands; with any other an assertion is valid for nobody (SAML 2.0 core §2.5.1). */
const conditionNames: readonly string[] = ['AudienceRestriction', 'OneTimeUse', 'ProxyRestriction']

/** Reads a SAML 2.0 assertion. `root` must come from what was signed. Throws `SamlError`. */
export function readAssertion(root: XmlElement): SamlAssertion {
  if (!isAssertion(root)) throw new SamlError('what was signed is no SAML 2.0 assertion')
  const issuer = childOf(root, saml, 'Issuer')
  if (!issuer) throw new SamlError('the assertion has no Issuer')
  const subject = childOf(root, saml, 'Subject')
  if (!subject) throw new SamlError('the assertion has no Subject')
  const nameId = childOf(subject, saml, 'NameID')
  const conditions = childOf(root, saml, 'Conditions')
  return {
    id: attributeOf(root, 'ID') ?? '',
    issuer: uriOf(issuer),
    nameId: nameId && { value: textOf(nameId), format: attributeOf(nameId, 'Format') },
    confirmations: childrenOf(subject, saml, 'SubjectConfirmation').map(readConfirmation),
    notBefore: conditions && momentOf(conditions, 'NotBefore'),
    notOnOrAfter: conditions && momentOf(conditions, 'NotOnOrAfter'),
    audiences: conditions ? readAudiences(conditions) : [],
    attributes: readAttributes(root),
  }
}

/** Whether an element is an assertion of version 2.0. */
export function isAssertion(root: XmlElement): boolean {
  return isElement(root, saml, 'Assertion') && attributeOf(root, 'Version') === '2.0'
}

function readConfirmation(confirmation: XmlElement): SubjectConfirmation {
  const data = childOf(confirmation, saml, 'SubjectConfirmationData')
  return {
    method: attributeOf(confirmation, 'Method') ?? '',
    data: data && {
      recipient: attributeOf(data, 'Recipient'),
      notBefore: momentOf(data, 'NotBefore'),
      notOnOrAfter: momentOf(data, 'NotOnOrAfter'),
    },
  }
}

function readAudiences(conditions: XmlElement): string[][] {
  const unknown = conditions.children.find(({ uri, local }) => uri !== saml || !conditionNames.includes(local))
  if (unknown) throw new SamlError(`the assertion has the condition ${unknown.local}, which is not understood`)
  return childrenOf(conditions, saml, 'AudienceRestriction').map(restriction =>
    childrenOf(restriction, saml, 'Audience').map(uriOf),
  )
}

/** All values of all statements; those that are no plain text are left out. */
function readAttributes(root: XmlElement): Map<string, string[]> {
  const attributes = new Map<string, string[]>()
  for (const statement of childrenOf(root, saml, 'AttributeStatement')) {
    for (const attribute of childrenOf(statement, saml, 'Attribute')) {
      const name = attributeOf(attribute, 'Name') ?? ''
      const plain = childrenOf(attribute, saml, 'AttributeValue').filter(value => value.children.length === 0)
      attributes.set(name, [...(attributes.get(name) ?? []), ...plain.map(value => value.text)])
    }
  }
  return attributes
}

/** The whole text of an element that has nothing else. */
function textOf(element: XmlElement): string {
  if (element.children.length === 0) return element.text
  throw new SamlError(`${element.local} holds elements`)
}

/** The type anyURI collapses white space around it (XML Schema, part 2 §3.2.17). */
function uriOf(element: XmlElement): string {
  return textOf(element).trim()
}

/** SAML 2.0 core §1.3.3: in UTC. */
function momentOf(element: XmlElement, name: string): number | undefined {
  const text = attributeOf(element, name)
  if (text === undefined) return undefined
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(text) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(time)) throw new SamlError(`${name} of ${element.local} is no time in UTC`)
  return time
}
