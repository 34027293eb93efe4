import { useTranslation } from 'react-i18next'

/** The labels of the fields of a client, by their names in the API. Where a choice is a field there, its text is the label. */
export function useClientLabels() {
  const { t } = useTranslation()
  return {
    name: t('cockpit.clients.name'),
    description: t('cockpit.clients.description'),
    translations: t('common.translations.button'),
    subscription: t('cockpit.clients.subscription'),
    id: t('cockpit.clients.id'),
    grant: t('cockpit.clients.grant'),
    confidential: t('cockpit.client.confidential'),
    secret: t('cockpit.client.secret'),
    redirectUri: t('cockpit.client.redirectUri'),
    skipConsent: t('cockpit.client.skipConsent'),
    tokenLifetime: t('cockpit.client.lifetime'),
    refreshTokenLifetime: t('cockpit.client.refreshLifetime'),
    tokenEndpointAuthMethod: t('cockpit.client.proofs.method'),
    jwks: t('cockpit.client.proofs.keys'),
    certificate: t('cockpit.client.proofs.certificate'),
    tlsClientAuthSubjectDn: t('cockpit.client.proofs.nameKinds.tlsClientAuthSubjectDn'),
    tlsClientAuthSanDns: t('cockpit.client.proofs.nameKinds.tlsClientAuthSanDns'),
    tlsClientAuthSanUri: t('cockpit.client.proofs.nameKinds.tlsClientAuthSanUri'),
    tlsClientAuthSanIp: t('cockpit.client.proofs.nameKinds.tlsClientAuthSanIp'),
    tlsClientAuthSanEmail: t('cockpit.client.proofs.nameKinds.tlsClientAuthSanEmail'),
    requirePushedAuthorizationRequests: t('cockpit.client.proofs.requirePushed'),
    dpopBoundAccessTokens: t('cockpit.client.proofs.bindings.dpop'),
    tlsClientCertificateBoundAccessTokens: t('cockpit.client.proofs.bindings.certificate'),
  }
}

/** A field of a client that something can be wrong with. */
export type ClientField = keyof ReturnType<typeof useClientLabels>
