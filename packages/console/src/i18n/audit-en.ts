/** Texts of the audit log in English. */
export const auditEn = {
  audit: {
    title: 'Audit log',
    events: 'Events',
    export: 'Export',
    time: 'Time',
    event: 'Event',
    outcome: 'Outcome',
    user: 'User',
    clientId: 'Client',
    address: 'Address',
    hours: 'Period',
    category: 'Category',
    text: 'Text',
    count_one: 'once more',
    count_other: '{{count}} times',
    empty: 'No such event. Look for less, or for something else.',
    outcomes: { success: 'Success', failure: 'Failure' },
    periods: { '1': 'Last hour', '24': 'Last 24 hours', '168': 'Last 7 days', '720': 'Last 30 days' },
    categories: {
      'security-events': 'Security events',
      configuration: 'Configuration',
      'data-modification': 'Data modification',
    },
  },
} as const
