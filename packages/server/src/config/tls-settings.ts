import type { SettingDeclaration } from './setting-declaration.ts'

/** Settings of the TLS listener. */
export const tlsSettings = {
  tlsCert: {
    type: 'text',
    env: 'SLUICE_TLS_CERT',
    flag: 'tls-cert',
    default: '',
    doc: 'File with the TLS certificate chain (PEM). With --tls-key the server speaks HTTPS.',
  },
  tlsKey: {
    type: 'text',
    env: 'SLUICE_TLS_KEY',
    flag: 'tls-key',
    default: '',
    doc: 'File with the private key of --tls-cert (PEM).',
  },
  tlsClientCertificates: {
    type: 'choice',
    env: 'SLUICE_TLS_CLIENT_CERTIFICATES',
    flag: 'tls-client-certificates',
    default: 'ignore',
    choices: ['ignore', 'request'],
    doc: 'Whether TLS asks callers for client certificates, which CertificateUserMappings map to users and OAuth clients are registered with. Needs --tls-cert.',
  },
  tlsClientCa: {
    type: 'text',
    env: 'SLUICE_TLS_CLIENT_CA',
    flag: 'tls-client-ca',
    default: '',
    doc: 'File with the certificates (PEM) of the authorities that vouch for OAuth clients of the method tls_client_auth, which is offered with it. Needs --tls-client-certificates request.',
  },
} as const satisfies Record<string, SettingDeclaration>
