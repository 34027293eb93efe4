import type { auditEn } from './audit-en.ts'
import type { Translation } from './translation.ts'

/** Texts of the audit log in German. */
export const auditDe: Translation<typeof auditEn> = {
  audit: {
    title: 'Auditprotokoll',
    events: 'Ereignisse',
    export: 'Exportieren',
    time: 'Zeit',
    event: 'Ereignis',
    outcome: 'Ausgang',
    user: 'Benutzer',
    clientId: 'Client',
    address: 'Adresse',
    hours: 'Zeitraum',
    category: 'Kategorie',
    text: 'Text',
    count_one: 'noch einmal',
    count_other: '{{count}}-mal',
    empty: 'Kein solches Ereignis. Suchen Sie nach weniger oder nach etwas anderem.',
    outcomes: { success: 'Erfolg', failure: 'Fehlschlag' },
    periods: { '1': 'Letzte Stunde', '24': 'Letzte 24 Stunden', '168': 'Letzte 7 Tage', '720': 'Letzte 30 Tage' },
    categories: {
      'security-events': 'Sicherheitsereignisse',
      configuration: 'Konfiguration',
      'data-modification': 'Datenänderungen',
    },
  },
}
