import type { cockpitKeysEn } from './cockpit-keys-en.ts'
import type { Translation } from './translation.ts'

/** Texts of signing keys and client secrets in German. */
export const cockpitKeysDe: Translation<typeof cockpitKeysEn> = {
  signingKeys: {
    tab: 'Signaturschlüssel',
    title: 'Signaturschlüssel',
    text: 'Die Schlüssel der Token in JWT-Form. Der nächste ist veröffentlicht, bevor er signiert; frühere prüfen, bis das letzte Token abgelaufen ist, das sie signiert haben.',
    rotatesAt: 'Der nächste Schlüssel übernimmt',
    byHand: 'Nur, wenn hier jemand wechselt',
    rotate: 'Jetzt wechseln',
    rotateText:
      'Der nächste Schlüssel übernimmt das Signieren der Token, sofort oder zehn Minuten nach seiner Veröffentlichung. Kein Token endet dadurch.',
    revoke: 'Widerrufen',
    revokeText:
      'Schlüssel {{kid}} wird gelöscht. Jedes Token in JWT-Form, das er signiert hat, wird ab jetzt abgelehnt. Tun Sie das, wenn er in falsche Hände geraten ist; wechseln Sie sonst.',
    revokeCurrentText:
      'Schlüssel {{kid}} wird gelöscht, und der nächste signiert sofort. Jedes Token in JWT-Form, das er signiert hat, wird ab jetzt abgelehnt. Tun Sie das, wenn er in falsche Hände geraten ist; wechseln Sie sonst.',
    kid: 'Schlüssel-ID',
    state: 'Zustand',
    states: { next: 'Nächster', current: 'Signiert', previous: 'Prüft' },
    created: 'Angelegt',
    signsFrom: 'Signiert ab',
    verifiesUntil: 'Prüft bis',
    empty: 'Es gibt keinen Signaturschlüssel.',
  },
  secrets: {
    title: 'Secrets',
    of: 'Secrets von {{name}}',
    text: 'Zwei Secrets gelten zur selben Zeit, damit eines das andere ohne Unterbrechung ablösen kann.',
    add: 'Secret hinzufügen',
    secret: 'Secret',
    secretHint: 'Bleibt das Feld leer, erzeugt der Server eines. Es wird einmal gezeigt.',
    issued: 'Das neue Secret von {{name}}',
    expires: 'Läuft ab',
    expiry: 'Ablauf festlegen',
    expiryOf: 'Ablauf von Secret {{id}}',
    never: 'Nie',
    after_one: 'In {{count}} Tag',
    after_other: 'In {{count}} Tagen',
    state: 'Zustand',
    valid: 'Gültig',
    expired: 'Abgelaufen',
    expiring_one: 'Läuft in {{count}} Tag ab',
    expiring_other: 'Läuft in {{count}} Tagen ab',
    ofClient: {
      expiring_one: 'Secret läuft in {{count}} Tag ab',
      expiring_other: 'Secret läuft in {{count}} Tagen ab',
      expired: 'Secret abgelaufen',
    },
    id: 'ID',
    created: 'Angelegt',
    lastUsed: 'Zuletzt verwendet',
    notUsed: 'Nie',
    remove: 'Entfernen',
    removeText: 'Secret {{id}} von {{name}} wird ab jetzt abgelehnt. Wer es noch verwendet, bekommt keine Token mehr.',
    empty: 'Der Client hat kein Secret.',
  },
}
