import type { SubjectAttribute } from './self-signed.ts'

/** Short names of RFC 4514, from the country down, as distinguished names are encoded. */
export const subjectAttributes: readonly SubjectAttribute[] = ['C', 'ST', 'L', 'O', 'OU', 'CN', 'E']

/**
 * Reads `CN=flows,O=Example`, in any order; a comma within a value has a backslash before it. Otherwise the part that is no
 * attribute.
 */
export function readSubject(
  text: string,
): { readonly subject: readonly (readonly [SubjectAttribute, string])[] } | { readonly wrong: string } {
  const subject: (readonly [SubjectAttribute, string])[] = []
  for (const part of text.split(/(?<!\\),/)) {
    const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(part) ?? []
    const attribute = subjectAttributes.find(known => known === name.toUpperCase())
    if (attribute === undefined || value === '') return { wrong: part.trim() }
    subject.push([attribute, value.replaceAll('\\,', ',')])
  }
  const place = ([attribute]: readonly [SubjectAttribute, string]) => subjectAttributes.indexOf(attribute)
  return { subject: subject.sort((a, b) => place(a) - place(b)) }
}
