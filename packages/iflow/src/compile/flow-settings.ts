import type { FlowModel } from '../bpmn/model.ts'
import { parseNamespaceMapping } from '../bpmn/namespace-mapping.ts'
import type { FlowSettings } from '../run/plan.ts'
import { choice, flag, tab, text } from './props.ts'
import type { Report } from './reporter.ts'

/** Headers with which a caller shows who it is: a wildcard does not let them in, only their own name does. */
const credentials = new Set(['authorization', 'cookie', 'proxy-authorization'])

const sessionKinds: Readonly<Record<string, FlowSettings['sessions']>> = {
  onExchange: 'exchange',
  onIntegrationFlow: 'flow',
}

/** What the flow as a whole can be told. */
export const flowProps = {
  ...tab('Runtime Configuration', {
    namespaceMapping: text(
      'Namespace Mapping',
      'Prefixes of XPath expressions: `xmlns:a=urn:a;xmlns:b=urn:b`. None is declared by itself.',
      { default: '', multiline: true },
    ),
    allowedHeaderList: text(
      'Allowed Header(s)',
      "Headers of a sender's message that get in: names and regular expressions between `|`; `*` alone for all.",
      { default: '' },
    ),
    httpSessionHandling: choice(
      'HTTP Session Reuse',
      'How long cookies of receivers are kept and sent again.',
      {
        None: 'Not at all.',
        onExchange: ['On Exchange', 'For one message.'],
        onIntegrationFlow: ['On Integration Flow', 'For all messages of the flow.'],
      },
      { default: 'None' },
    ),
    corsEnabled: flag('CORS Enabled', 'Whether pages of other origins may call the flow; not supported.', {
      default: false,
    }),
    log: choice(
      'Message Processing Log',
      'Without meaning: the log level of the deployed flow decides.',
      { 'All events': ['All Events', 'Everything.'] },
      { default: 'All events', isUnread: true },
    ),
    ServerTrace: flag('Server Trace', 'Without meaning: the log level of the deployed flow decides.', {
      default: false,
    }),
  }),
  ...tab('Error Configuration', {
    returnExceptionToSender: flag(
      'Return Exception to Sender',
      'Whether the sender of a message that fails gets the text of the failure.',
      { default: false },
    ),
  }),
}

/** Reads the properties of the flow as a whole. */
export function compileSettings(model: FlowModel, report: Report): FlowSettings {
  const { namespaces, malformed } = parseNamespaceMapping(model.properties.get('namespaceMapping') ?? '')
  for (const entry of malformed) {
    report('invalid-value', `Expected namespaceMapping entries of the form xmlns:prefix=uri, found "${entry}".`)
  }
  if (model.properties.get('corsEnabled') === 'true') {
    report('unsupported-value', 'Expected property "corsEnabled" to be "false", found "true".')
  }
  return {
    allowsHeader: compileAllowedHeaders(model.properties.get('allowedHeaderList') ?? '', report),
    namespaces,
    exposeFailure: model.properties.get('returnExceptionToSender') === 'true',
    sessions: sessionKinds[model.properties.get('httpSessionHandling') ?? ''] ?? 'none',
  }
}

/**
 * `allowedHeaderList`: names and regular expressions between `|`, compared with the whole name and without regard to
 * case, or a single `*` for all headers.
 */
export function compileAllowedHeaders(list: string, report: Report): (name: string) => boolean {
  const entries = list
    .split('|')
    .map(entry => entry.trim())
    .filter(entry => entry !== '')
  const names = new Set(entries.map(entry => entry.toLowerCase()))
  const pattern = entries.includes('*') ? /^/ : compilePattern(entries, report)
  return name => {
    const lower = name.toLowerCase()
    return names.has(lower) || (!credentials.has(lower) && pattern.test(lower))
  }
}

function compilePattern(entries: readonly string[], report: Report): RegExp {
  try {
    return entries.length === 0 ? /^(?!)/ : new RegExp(`^(?:${entries.join('|')})$`, 'i')
  } catch {
    const message = `Expected allowedHeaderList to hold names or regular expressions, found "${entries.join('|')}".`
    report('invalid-value', message)
    return /^(?!)/
  }
}
