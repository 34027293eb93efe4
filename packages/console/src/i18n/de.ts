import { auditDe } from './audit-de.ts'
import { cockpitDe } from './cockpit-de.ts'
import { codeDe } from './code-de.ts'
import { designDe } from './design-de.ts'
import type { en } from './en.ts'
import { flowEditorDe } from './flow-editor-de.ts'
import { monitorDe } from './monitor-de.ts'
import { monitorUsageDe } from './monitor-usage-de.ts'
import { resourcesDe } from './resources-de.ts'
import { sheetDe } from './sheet-de.ts'
import { simulationDe } from './simulation-de.ts'
import type { Translation } from './translation.ts'
import { tryOutDe } from './try-out-de.ts'
import { versionsDe } from './versions-de.ts'

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
    expandNavigation: 'Navigation ausklappen',
    collapseNavigation: 'Navigation einklappen',
    skip: 'Zum Inhalt',
  },
  signIn: {
    title: 'Anmelden',
    user: 'Benutzername',
    password: 'Kennwort',
    submit: 'Anmelden',
    required: 'Geben Sie Benutzername und Kennwort ein.',
    with: 'Mit {{provider}} anmelden',
    newTab:
      'Identity-Provider öffnen sich in einem neuen Tab. Kommen Sie hierher zurück, wenn Sie sich angemeldet haben.',
    expired: 'Ihre Sitzung ist beendet. Melden Sie sich an, um fortzufahren; Ihre Eingaben sind noch da.',
    links: { legalDisclosure: 'Impressum', privacyPolicy: 'Datenschutzerklärung', termsOfUse: 'Nutzungsbedingungen' },
    mustChange: 'Wählen Sie ein eigenes Kennwort, um fortzufahren.',
    changeTitle: 'Kennwort ändern',
    currentPassword: 'Aktuelles Kennwort',
    newPassword: 'Neues Kennwort',
    repeat: 'Neues Kennwort wiederholen',
    passwordHint: 'Mindestens 8 Zeichen.',
    different: 'Die beiden Kennwörter sind verschieden.',
    change: 'Kennwort ändern',
    changeNote: 'Wer sonst mit Ihrem Namen angemeldet ist, muss sich neu anmelden.',
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
    shown: '{{shown}} angezeigt',
    none: '–',
    download: 'Herunterladen',
    show: 'Anzeigen',
    hide: 'Ausblenden',
    actions: 'Aktionen',
    sortBy: 'Nach {{column}} sortieren',
    choose: 'Auswählen',
    cut: 'Nur der Anfang wird angezeigt. Laden Sie alles herunter, um es ganz zu sehen.',
    required: 'Füllen Sie dieses Feld aus.',
    emptyText: '(leer)',
    translations: {
      button: 'Übersetzungen',
      title: 'Übersetzungen von {{of}}',
      text: 'Für Menschen mit dieser Sprache. Was einer Sprache fehlt, wird gezeigt, wie es im Formular steht.',
      language: 'Sprache',
      add: 'Sprache hinzufügen',
      remove: '{{language}} entfernen',
      apply: 'Übernehmen',
      none: 'Keine',
    },
  },
  ...monitorDe,
  ...monitorUsageDe,
  ...auditDe,
  cockpit: cockpitDe,
  design: designDe,
  flowEditor: flowEditorDe,
  sheet: sheetDe,
  code: codeDe,
  resources: resourcesDe,
  versions: versionsDe,
  ...simulationDe,
  tryOut: tryOutDe,
  missingRole: {
    title: 'Eine Rolle fehlt',
    text: '{{user}} braucht die Rolle {{role}} der Anwendung {{application}}, um diese Seite zu sehen. Administratoren weisen sie im Cockpit unter Berechtigungen zu.',
  },
  errors: {
    unreachable: 'Der Server antwortet nicht. Läuft er?',
    forbidden: 'Sie dürfen dies nicht tun',
    unreachableNow: 'Der Server antwortet nicht. Alle paar Sekunden wird es erneut versucht; Ihre Eingaben bleiben.',
    failed: 'Das hat nicht geklappt',
    notFound: 'Hier ist nichts',
    notFoundText: 'Die Adresse {{path}} gehört nicht zur Konsole.',
  },
}
