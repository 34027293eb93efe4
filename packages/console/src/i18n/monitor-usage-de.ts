import type { monitorUsageEn } from './monitor-usage-en.ts'
import type { Translation } from './translation.ts'

/** Texts of what the monitor tells about the server in German. */
export const monitorUsageDe: Translation<typeof monitorUsageEn> = {
  accessLog: {
    title: 'Zugriffsprotokoll',
    requests: 'Anfragen',
    time: 'Zeit',
    status: 'HTTP-Status',
    method: 'Methode',
    path: 'Pfad',
    user: 'Benutzer',
    address: 'Absender',
    empty: 'Keine solche Anfrage im Protokoll. Suchen Sie nach weniger oder nach etwas anderem.',
    files: 'Protokolldateien',
    file: 'Datei',
    archive: 'Alle Protokolldateien',
    lastLine: 'Letzte Zeile',
    noFiles: 'Es gibt keine Protokolldateien.',
  },
}
