import { defineCommand } from './line/command.ts'
import { table } from './line/table.ts'
import { identityProvidersPath, type ShownProvider } from './remote/identity-providers.ts'
import { Server, serverOptions } from './remote/server.ts'

export const identityProviderList = defineCommand({
  name: 'identity-provider list',
  summary: 'List the trusted identity providers.',
  description:
    'Lists the identity providers that vouch for users, and those that are disabled. CERTIFICATE ENDS is when the last signing certificate of a SAML provider does.',
  arguments: {},
  options: serverOptions,
  examples: [{ line: 'sluice identity-provider list', doc: 'All identity providers.' }],
  async run(_given, options, terminal) {
    const server = new Server(options, terminal)
    const reply = await server.json<{ identityProviders: ShownProvider[] }>('GET', identityProvidersPath)
    if (options.json) terminal.out(`${JSON.stringify(reply)}\n`)
    else if (reply.identityProviders.length === 0)
      terminal.err('No identity provider is trusted; "sluice identity-provider create" registers one.\n')
    else {
      const rows = reply.identityProviders.map(({ name, kind, enabled, saml, oidc, certificates = [] }) => [
        ...[name, kind, enabled ? 'enabled' : 'disabled', saml?.issuer ?? oidc?.issuer ?? ''],
        certificates
          .map(({ validUntil }) => validUntil)
          .sort()
          .at(-1) ?? '-',
      ])
      terminal.out(table(['NAME', 'KIND', 'STATUS', 'ISSUER', 'CERTIFICATE ENDS'], rows))
    }
    return 0
  },
})
