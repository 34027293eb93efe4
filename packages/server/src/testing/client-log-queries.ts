import { flowId, sampleShape } from './sample-logs.ts'

/** A request that real clients send for message logs. `url` is below `/api/v1/`, as it goes on the wire. */
export interface ClientLogQuery {
  readonly name: string
  /** The index that is to find the logs of the list. */
  readonly index: string
  /** Whether the logs that it finds are few, and need not come out of an index in their order. */
  readonly sortsFew?: true
  /** `end`: when the last message ended. */
  url(random: () => number, end: number): string
}

const dayMs = 86_400_000
const logs = 'MessageProcessingLogs'

/** A literal of the time some days before the end. */
function daysBefore(end: number, days: number): string {
  return `datetime'${new Date(end - days * dayMs).toISOString().slice(0, -1)}'`
}

function anyFlow(random: () => number): string {
  return flowId(Math.floor(random() * sampleShape.flows))
}

/** A day of the past, in two literals. */
function anyDay(random: () => number, end: number): readonly [from: string, to: string] {
  const days = 1 + Math.floor(random() * (sampleShape.days - 1))
  return [daysBefore(end, days), daysBefore(end, days - 1)]
}

const statusIndexes = [
  ['FAILED', 'message_logs_unusual'],
  ['COMPLETED', 'message_logs_by_end'],
] as const

/** What Piper, CPI Helper, contiva, SAP Cloud SDK clients and the documentation ask, and the first pages of monitors. */
export const clientLogQueries: readonly ClientLogQuery[] = [
  { name: 'newest 50', index: 'message_logs_by_end', url: () => `${logs}?$orderby=LogEnd%20desc&$top=50` },
  {
    name: '50 behind the newest 500,000',
    index: 'message_logs_by_end',
    url: () => `${logs}?$orderby=LogEnd%20desc&$skip=500000&$top=50`,
  },
  {
    name: 'newest 50 and how many in all',
    index: 'message_logs_by_end',
    url: () => `${logs}?$orderby=LogEnd%20desc&$top=50&$inlinecount=allpages`,
  },
  {
    name: 'contiva: newest and how many in all',
    index: 'message_logs_by_end',
    url: () =>
      `${logs}?%24top=1&%24filter=MessageGuid%20ne%20null&%24orderby=LogEnd%20desc&%24select=MessageGuid&%24select=Status&%24inlinecount=allpages`,
  },
  ...statusIndexes.flatMap(([status, index]): ClientLogQuery[] => {
    const filter = (random: () => number, end: number) =>
      `$filter=LogEnd%20ge%20${daysBefore(end, random() * 7)}%20and%20Status%20eq%20'${status}'`
    const url: ClientLogQuery['url'] = (random, end) => `${logs}?${filter(random, end)}&$orderby=LogEnd%20desc&$top=50`
    return [
      { name: `${status} of up to a week`, index, url },
      {
        name: `${status} of up to a week and how many`,
        index,
        url: (random, end) => `${url(random, end)}&$inlinecount=allpages`,
      },
    ]
  }),
  {
    name: 'SDK: flow and time, two statuses',
    index: 'message_logs_by_artifact',
    url: (random, end) =>
      `${logs}?$filter=((LogEnd%20le%20${daysBefore(end, random() * 29)}%20and%20IntegrationArtifact%2FId%20eq%20'${anyFlow(random)}'%20and%20(Status%20eq%20'FAILED'%20or%20Status%20eq%20'ESCALATED')))&$top=50`,
  },
  {
    name: 'helper: flow since, by LogStart',
    index: 'message_logs_by_artifact',
    url: (random, end) =>
      `${logs}?$filter=IntegrationFlowName%20eq%20'${anyFlow(random)}'%20and%20LogStart%20gt%20${daysBefore(end, random() * 30)}%20and%20Status%20ne%20'DISCARDED'&$top=50&$format=json&$orderby=LogEnd%20desc&$select=Status,LogEnd,LogStart,MessageGuid,LogLevel,AlternateWebLink`,
  },
  {
    name: 'flow and day, by LogStart',
    index: 'message_logs_by_artifact',
    url: (random, end) => {
      const [from, to] = anyDay(random, end)
      return `${logs}?$filter=IntegrationFlowName%20eq%20'${anyFlow(random)}'%20and%20LogStart%20ge%20${from}%20and%20LogStart%20le%20${to}&$orderby=LogEnd%20desc&$top=50&$inlinecount=allpages`
    },
  },
  {
    name: 'flow and day, by LogEnd',
    index: 'message_logs_by_artifact',
    url: (random, end) => {
      const [from, to] = anyDay(random, end)
      return `${logs}?$filter=IntegrationArtifact/Id%20eq%20'${anyFlow(random)}'%20and%20LogEnd%20gt%20${from}%20and%20LogStart%20lt%20${to}&$top=50&$inlinecount=allpages`
    },
  },
  {
    name: 'count of a day',
    index: 'message_logs_by_end',
    url: (random, end) => {
      const [from, to] = anyDay(random, end)
      return `${logs}/$count?$filter=LogEnd%20ge%20${from}%20and%20LogEnd%20lt%20${to}`
    },
  },
  {
    name: 'count of a day, COMPLETED, as documented',
    index: 'message_logs_by_end',
    url: (random, end) => {
      const [from, to] = anyDay(random, end)
      return `${logs}/$count?$filter=Status%20eq%20'COMPLETED'%20and%20LogStart%20gt%20${from}%20and%20LogEnd%20lt%20${to}`
    },
  },
  {
    name: 'newest failure',
    index: 'message_logs_unusual',
    url: () => `${logs}?$filter=Status%20eq%20'FAILED'&$orderby=LogEnd%20desc&$top=1`,
  },
  {
    name: 'Piper: newest of a flow',
    index: 'message_logs_by_artifact',
    url: random =>
      `${logs}?$filter=IntegrationArtifact/Id+eq+'${anyFlow(random)}'+and+Status+ne+'DISCARDED'&$orderby=LogEnd+desc&$top=1`,
  },
  {
    name: 'newest failure of a flow',
    index: 'message_logs_unusual_of_artifact',
    url: random =>
      `${logs}?$filter=IntegrationArtifact/Id%20eq%20'${anyFlow(random)}'and%20Status%20eq%20'FAILED'&$orderby=LogEnd%20desc&$top=1`,
  },
  {
    name: 'helper: by correlation ID',
    index: 'message_logs_correlated',
    sortsFew: true,
    url: random => `${logs}?$filter=CorrelationId%20eq%20'${someGuid(random)}'&$orderby=LogEnd%20desc&$top=50`,
  },
  {
    name: 'by application message ID',
    index: 'message_logs_by_application_id',
    sortsFew: true,
    url: random => `${logs}?$filter=ApplicationMessageId%20eq%20'${somePurchase(random)}'`,
  },
  {
    name: 'by custom header',
    index: 'message_custom_headers_by_value',
    sortsFew: true,
    url: random => `${logs}?filterCustomHeaderProperties='po_number'%20eq%20'${somePurchase(random)}'`,
  },
]

function someGuid(random: () => number): string {
  return `AGkTb2Z3Xo0gkGbBqVd2p5o4u${String(Math.floor(random() * 1_000)).padStart(3, '0')}`
}

function somePurchase(random: () => number): string {
  return `45${String(Math.floor(random() * sampleShape.logs)).padStart(8, '0')}`
}
