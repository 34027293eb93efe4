/** Texts of what the monitor tells about the server in English. */
export const monitorUsageEn = {
  accessLog: {
    title: 'Access log',
    requests: 'Requests',
    time: 'Time',
    status: 'HTTP status',
    method: 'Method',
    path: 'Path',
    user: 'User',
    address: 'Sender',
    empty: 'No such request in the log. Look for less, or for something else.',
    files: 'Log files',
    file: 'File',
    archive: 'All log files',
    lastLine: 'Last line',
    noFiles: 'There are no log files.',
  },
} as const
