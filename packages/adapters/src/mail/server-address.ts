/** Where mail goes in: the host and port of a mail server. */
export interface ServerAddress {
  readonly host: string
  readonly port: number
}

/** "If no port is specified in the Address field, by default port 25 is used"; SMTPS has 465 (RFC 8314 section 7.3). */
const defaultPorts = { plain: 25, smtps: 465 }

/** Reads `host`, `host:port` or `[IPv6 address]:port`; undefined for anything else. */
export function readServerAddress(text: string, protection: string): ServerAddress | undefined {
  const match = /^(?:\[([\dA-Fa-f:.]+)\]|([\p{L}\d._-]+))(?::(\d{1,5}))?$/u.exec(text.trim())
  const host = match?.[1] ?? match?.[2]
  const port = Number(match?.[3] ?? (protection === 'smtps' ? defaultPorts.smtps : defaultPorts.plain))
  return host === undefined || port < 1 || port > 65_535 ? undefined : { host, port }
}
