/** What a list of cases says about mails, as it is written there: by what names them, what they are like. */
export type ListedMails = string | Readonly<Record<string, unknown>>

/** How the case is set up and what is expected, for `sluice test`. */
export interface MailExpectation {
  readonly parameters?: Readonly<Record<string, string>>
  readonly expect: object
}

/** Of lists that say it in prose: the same for a program, by the ID of the case. */
const facts: Readonly<Record<string, MailExpectation>> = {
  24: {
    expect: {
      mails: [
        {
          body: {
            contains: [
              'http://www.example.org/Target',
              ...elements({ Name: 'Aamir', Gender: 'M', Location: 'Bangalore' }),
            ],
            matches: 'Employee.*<(\\w+:)?TimeEntered>\\d{4}-\\d\\d-\\d\\dT00:00:00\\.000Z</',
          },
        },
      ],
    },
  },
  138: {
    expect: {
      mails: [
        ...['1', '10'].map(id => ({ body: { matches: `<Students>\\s*<Student>\\s*<Id>${id}</Id>(?!.*<Student>)` } })),
        {
          body: {
            matches:
              '<multimap:Messages[^>]*>\\s*<multimap:Message1>(\\s*<Students>(?:(?!<Students>).)*</Students>){2}\\s*</multimap:Message1>\\s*</multimap:Messages>',
          },
        },
      ],
    },
  },
  211: {
    parameters: { Parameter_1: 'first value', Parameter_2: 'second value' },
    expect: { mails: [{ body: 'Header = first value\nProperty = second value' }] },
  },
}

/** Undefined for expectations that are not about mails. */
export function mailExpectationOf(id: string, listed: ListedMails): MailExpectation | undefined {
  if (facts[id]) return facts[id]
  if (typeof listed === 'string') return undefined
  const entries = Object.entries(listed)
  if (entries.length > 0 && entries.every(([name]) => name.includes('|'))) {
    return { expect: { mails: { anyOrder: entries.map(([name, value]) => filterMail(name, String(value))) } } }
  }
  if (!('mail.body' in listed)) return undefined
  const { 'mail.body': body, response, ...rest } = listed
  if (Object.keys(rest).length > 0) return undefined
  return { expect: { mails: [{ body: { text: body } }], ...(response !== undefined && { body: { text: response } }) } }
}

/** `path|Type`: the mail with the path and the type in its subject; `value` is its body, with a remark behind it. */
function filterMail(name: string, value: string): object {
  const subject = { contains: name.replace('|', ' - ') }
  const [, count, element] = /^(\d+) <(\w+)> elements concatenated$/.exec(value) ?? []
  if (count !== undefined) {
    const one = `<${element}>(?:(?!<${element}>).)*</${element}>`
    return { subject, body: { matches: `^(?:${one}){${count}}$` } }
  }
  const text = value.replace(/ \([^()]*\)$/, '')
  return { subject, body: text.startsWith('<') ? { xml: text } : { text } }
}

function elements(texts: Readonly<Record<string, string>>): string[] {
  return Object.entries(texts).map(([name, text]) => `${name}>${text}</`)
}
