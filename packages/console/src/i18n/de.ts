import type { en } from './en.ts'

/** The same keys as English, with texts of one's own. */
type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translation<Texts[Key]>
}

/** All texts in German. */
export const de: Translation<typeof en> = {
  app: {
    title: 'Sluice',
    home: 'Start',
    cockpit: 'Cockpit',
    design: 'Design',
    monitor: 'Monitor',
    test: 'Test',
    subaccount: 'Subaccount {{name}}',
    signOut: 'Abmelden',
    navigation: 'Bereiche',
    skip: 'Zum Inhalt',
  },
  signIn: {
    title: 'Anmelden',
    user: 'Benutzername',
    password: 'Kennwort',
    submit: 'Anmelden',
    required: 'Geben Sie Benutzername und Kennwort ein.',
    expired: 'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren; Ihre Eingaben sind noch da.',
  },
  common: {
    copy: 'Kopieren',
    copied: 'Kopiert',
    cancel: 'Abbrechen',
    close: 'Schließen',
    save: 'Sichern',
    create: 'Anlegen',
    edit: 'Bearbeiten',
    delete: 'Löschen',
    search: 'Suchen',
    refresh: 'Aktualisieren',
    retry: 'Erneut versuchen',
    loading: 'Wird geladen',
    more: 'Mehr anzeigen',
    count: '{{shown}} von {{count}}',
    none: '–',
  },
  messages: {
    title: 'Nachrichtenverarbeitung',
    period: 'Zeitraum',
    periods: {
      hour: 'Letzte Stunde',
      day: 'Letzte 24 Stunden',
      week: 'Letzte Woche',
      month: 'Letzter Monat',
      all: 'Alle',
    },
    status: 'Status',
    anyStatus: 'Alle',
    flow: 'Integrationsflow',
    id: 'Nachrichten- oder Korrelations-ID',
    end: 'Beendet',
    duration: 'Dauer',
    empty: 'Keine Nachrichten in diesem Zeitraum. Rufen Sie einen Flow auf oder wählen Sie einen längeren Zeitraum.',
  },
  errors: {
    unreachable: 'Der Server antwortet nicht. Läuft er?',
    forbidden: 'Sie dürfen dies nicht sehen',
    failed: 'Das hat nicht geklappt',
    notFound: 'Hier ist nichts',
    notFoundText: 'Die Adresse {{path}} gehört nicht zur Konsole.',
  },
}
