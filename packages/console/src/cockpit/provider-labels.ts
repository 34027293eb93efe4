import { useTranslation } from 'react-i18next'
import type { Problems } from '../components/field-problems.ts'

/** The labels of the fields of an identity provider, by their names in the API. */
export function useProviderLabels() {
  const { t } = useTranslation()
  return {
    name: t('cockpit.providers.name'),
    description: t('cockpit.providers.description'),
    issuer: t('cockpit.providers.issuer'),
    certificates: t('cockpit.providers.certificates'),
    userIdAttribute: t('cockpit.providers.userIdAttribute'),
    clientId: t('cockpit.providers.clientId'),
    clientSecret: t('cockpit.providers.clientSecret'),
    scopes: t('cockpit.providers.scopes'),
    userNameClaim: t('cockpit.providers.userNameClaim'),
    userIdPrefix: t('cockpit.providers.userIdPrefix'),
    userIdSuffix: t('cockpit.providers.userIdSuffix'),
    defaultGroups: t('cockpit.providers.defaultGroups'),
    assertionBasedGroups: t('cockpit.providers.assertionBasedGroups'),
  }
}

/** What is wrong with fields of a provider. */
export type ProviderProblems = Problems<keyof ReturnType<typeof useProviderLabels>>
