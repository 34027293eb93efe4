import type { AuthorizationProblem } from '@sluice/oauth'
import type { SignInProblem } from '../identity/oidc/sign-in-problem.ts'

/** What the pages say, in one language. `{…}` are filled in by `fill`. */
export interface Texts {
  readonly language: string
  readonly signIn: string
  readonly signInTo: string
  readonly user: string
  readonly password: string
  readonly wrongPassword: string
  readonly tooManyAttempts: string
  readonly changePassword: string
  readonly signInAt: string
  readonly cannotSignIn: string
  readonly backToSignIn: string
  readonly signInProblems: Readonly<Record<SignInProblem, string>>
  readonly signedOut: string
  readonly signOutAt: string
  readonly signInAgain: string
  readonly authorizeClient: string
  readonly mayAccess: string
  readonly willBeAble: string
  readonly onlyIdentify: string
  readonly authorize: string
  readonly changedMeanwhile: string
  readonly cancel: string
  readonly signedInAs: string
  readonly otherUser: string
  readonly cannotAuthorize: string
  readonly signOut: string
  readonly signInForTokens: string
  readonly tokenManagement: string
  readonly noTokens: string
  readonly client: string
  readonly application: string
  readonly issuedAt: string
  readonly validUntil: string
  readonly revoke: string
  readonly revokeOf: string
  readonly getCode: string
  readonly codeTitle: string
  readonly codeFor: string
  readonly codeHint: string
  readonly noClients: string
  readonly goOn: string
  readonly generateCode: string
  readonly qrCode: string
  readonly links: Readonly<Record<'legalDisclosure' | 'privacyPolicy' | 'termsOfUse', string>>
  readonly problems: Readonly<Record<AuthorizationProblem | 'foreign-form' | 'stale-form', string>>
}

const english: Texts = {
  language: 'en',
  signIn: 'Sign In',
  signInTo: 'Sign in to go on to {client}.',
  user: 'User name',
  password: 'Password',
  wrongPassword: 'The user name or the password is wrong.',
  tooManyAttempts: 'Too many attempts. Try again in {seconds} seconds.',
  changePassword:
    'Your password was set by an administrator. Sign in to the console once and choose your own, then come back.',
  signInAt: 'Sign in with {provider}',
  cannotSignIn: 'You were not signed in',
  backToSignIn: 'Back to sign-in',
  signInProblems: {
    'unknown-provider': 'There is no such identity provider to sign in with. Choose another way to sign in.',
    'provider-away':
      'The identity provider {provider} does not answer as it should. Try again in a while; if it stays so, tell your administrator.',
    'sign-in-lost':
      'This sign-in was not begun in this browser, took longer than ten minutes, or was finished before. Sign in again.',
    'provider-refused': 'The identity provider {provider} did not sign you in.',
    'untrusted-answer':
      'What the identity provider {provider} said of you cannot be trusted. Sign in again; if it stays so, tell your administrator.',
    'no-user-name':
      'The identity provider {provider} does not tell a user name that can be used here. Tell your administrator.',
    'taken-name': 'Your user name at {provider} belongs to somebody else here. Tell your administrator.',
    'other-account':
      'Another account has signed in with your user name before. Tell your administrator, who can free the name for you.',
  },
  signedOut: 'You are signed out here. At {provider} you may still be signed in.',
  signOutAt: 'Sign out at {provider}, too',
  signInAgain: 'Sign in again',
  authorizeClient: 'Authorize Client',
  mayAccess: 'May {client} access your data of application {application}?',
  willBeAble: '{client} will be able to:',
  onlyIdentify: '{client} will act in your name, with the roles that you have.',
  authorize: 'Authorize',
  changedMeanwhile: 'The client was changed while you read. Nothing was allowed yet: this is what it asks for now.',
  cancel: 'Cancel',
  signedInAs: 'You are signed in as {user}.',
  otherUser: 'Sign in as somebody else',
  cannotAuthorize: 'This request cannot be answered',
  signOut: 'Sign out',
  signInForTokens: 'Sign in to manage your access tokens.',
  tokenManagement: 'Token Management',
  noTokens: 'No client has an access token of yours.',
  client: 'Client',
  application: 'Authorized for App',
  issuedAt: 'Issued at',
  validUntil: 'Valid until',
  revoke: 'Revoke',
  revokeOf: 'Revoke the token of {client}',
  getCode: 'Get an authorization code for a client on another device',
  codeTitle: 'Authorization Code',
  codeFor: 'Choose the client that may act in your name.',
  codeHint: 'Enter or scan this code in {client} within {time}. It can be used once.',
  noClients: 'There is no client that could use an authorization code.',
  goOn: 'Continue',
  generateCode: 'Generate QR Code',
  qrCode: 'The code as a QR code',
  links: { legalDisclosure: 'Legal Disclosure', privacyPolicy: 'Privacy Policy', termsOfUse: 'Terms of Use' },
  problems: {
    malformed: 'The address that brought you here is damaged. Go back to where you came from and try again.',
    'unknown-client': 'The client that sent you here is not registered. Tell whoever runs it.',
    'no-redirect-uri':
      'The client that sent you here is registered without a redirect URI. Tell whoever administers it.',
    'other-redirect-uri':
      'The client that sent you here wants the answer at an address it is not registered with. Nothing was sent there.',
    'foreign-form': 'The form did not come from this page. Nothing was done.',
    'stale-form': 'Your session ended meanwhile. Go back to where you came from and try again.',
    'stale-request':
      'The request of the client has expired or was answered before. Go back to where you came from and try again.',
  },
}

const german: Texts = {
  language: 'de',
  signIn: 'Anmelden',
  signInTo: 'Melden Sie sich an, um mit {client} fortzufahren.',
  user: 'Benutzername',
  password: 'Kennwort',
  wrongPassword: 'Benutzername oder Kennwort ist falsch.',
  tooManyAttempts: 'Zu viele Versuche. Versuchen Sie es in {seconds} Sekunden noch einmal.',
  changePassword:
    'Ihr Kennwort hat ein Administrator gesetzt. Melden Sie sich einmal an der Konsole an, wählen Sie Ihr eigenes, und kommen Sie dann zurück.',
  signInAt: 'Mit {provider} anmelden',
  cannotSignIn: 'Sie wurden nicht angemeldet',
  backToSignIn: 'Zurück zur Anmeldung',
  signInProblems: {
    'unknown-provider':
      'Es gibt keinen solchen Identity-Provider, an dem man sich anmelden könnte. Wählen Sie einen anderen Weg.',
    'provider-away':
      'Der Identity-Provider {provider} antwortet nicht, wie er sollte. Versuchen Sie es später noch einmal; bleibt es dabei, sagen Sie es Ihrem Administrator.',
    'sign-in-lost':
      'Diese Anmeldung wurde nicht in diesem Browser begonnen, dauerte länger als zehn Minuten oder war schon beendet. Melden Sie sich noch einmal an.',
    'provider-refused': 'Der Identity-Provider {provider} hat Sie nicht angemeldet.',
    'untrusted-answer':
      'Was der Identity-Provider {provider} über Sie sagt, ist nicht vertrauenswürdig. Melden Sie sich noch einmal an; bleibt es dabei, sagen Sie es Ihrem Administrator.',
    'no-user-name':
      'Der Identity-Provider {provider} nennt keinen Benutzernamen, der hier verwendbar ist. Sagen Sie es Ihrem Administrator.',
    'taken-name': 'Ihr Benutzername bei {provider} gehört hier jemand anderem. Sagen Sie es Ihrem Administrator.',
    'other-account':
      'Unter Ihrem Benutzernamen hat sich vorher ein anderes Konto angemeldet. Sagen Sie es Ihrem Administrator, der den Namen für Sie freigeben kann.',
  },
  signedOut: 'Sie sind hier abgemeldet. Bei {provider} sind Sie vielleicht noch angemeldet.',
  signOutAt: 'Auch bei {provider} abmelden',
  signInAgain: 'Noch einmal anmelden',
  authorizeClient: 'Client autorisieren',
  mayAccess: 'Darf {client} auf Ihre Daten der Anwendung {application} zugreifen?',
  willBeAble: '{client} darf dann:',
  onlyIdentify: '{client} handelt dann in Ihrem Namen, mit den Rollen, die Sie haben.',
  authorize: 'Autorisieren',
  changedMeanwhile:
    'Der Client wurde geändert, während Sie lasen. Es wurde noch nichts erlaubt: Das ist, worum er jetzt bittet.',
  cancel: 'Abbrechen',
  signedInAs: 'Sie sind angemeldet als {user}.',
  otherUser: 'Als jemand anderes anmelden',
  cannotAuthorize: 'Diese Anfrage lässt sich nicht beantworten',
  signOut: 'Abmelden',
  signInForTokens: 'Melden Sie sich an, um Ihre Zugriffstoken zu verwalten.',
  tokenManagement: 'Token-Verwaltung',
  noTokens: 'Kein Client hat ein Zugriffstoken von Ihnen.',
  client: 'Client',
  application: 'Autorisiert für Anwendung',
  issuedAt: 'Ausgestellt am',
  validUntil: 'Gültig bis',
  revoke: 'Widerrufen',
  revokeOf: 'Das Token von {client} widerrufen',
  getCode: 'Einen Autorisierungscode für einen Client auf einem anderen Gerät holen',
  codeTitle: 'Autorisierungscode',
  codeFor: 'Wählen Sie den Client, der in Ihrem Namen handeln darf.',
  codeHint: 'Geben Sie diesen Code innerhalb von {time} in {client} ein, oder scannen Sie ihn. Er gilt ein Mal.',
  noClients: 'Es gibt keinen Client, der einen Autorisierungscode verwenden könnte.',
  goOn: 'Weiter',
  generateCode: 'QR-Code erzeugen',
  qrCode: 'Der Code als QR-Code',
  links: { legalDisclosure: 'Impressum', privacyPolicy: 'Datenschutz', termsOfUse: 'Nutzungsbedingungen' },
  problems: {
    malformed:
      'Die Adresse, die Sie hierher führte, ist beschädigt. Gehen Sie zurück und versuchen Sie es noch einmal.',
    'unknown-client': 'Der Client, der Sie hierher schickte, ist nicht registriert. Melden Sie es seinem Betreiber.',
    'no-redirect-uri':
      'Der Client, der Sie hierher schickte, ist ohne Redirect-URI registriert. Melden Sie es seinem Administrator.',
    'other-redirect-uri':
      'Der Client, der Sie hierher schickte, will die Antwort an eine Adresse, mit der er nicht registriert ist. Dorthin wurde nichts gesendet.',
    'foreign-form': 'Das Formular kam nicht von dieser Seite. Es ist nichts geschehen.',
    'stale-form': 'Ihre Sitzung ist inzwischen beendet. Gehen Sie zurück und versuchen Sie es noch einmal.',
    'stale-request':
      'Die Anfrage des Clients ist abgelaufen oder wurde schon beantwortet. Gehen Sie zurück und versuchen Sie es noch einmal.',
  },
}

const languages: readonly Texts[] = [english, german]

/** The texts in the language that a person likes best, by the header `Accept-Language` (RFC 9110 §12.5.4); else English. */
export function textsFor(acceptLanguage: string | undefined): Texts {
  const wanted = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map(range => {
      const [tag = '', weight] = range.split(/;\s*q=/)
      return { language: tag.trim().slice(0, 2).toLowerCase(), weight: Number(weight ?? 1) }
    })
    .toSorted((a, b) => b.weight - a.weight)
  for (const { language } of wanted) {
    const found = languages.find(texts => texts.language === language)
    if (found) return found
  }
  return english
}

/** A text with the values of its `{names}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all)
}
