import { flowText } from '@sluice/iflow/testing'
import { writeArchive } from '../src/runtime/archive.ts'

type Texts = Readonly<Record<string, string>>

/** A flow that passes what it gets to a receiver and answers with what that answers. */
export async function relayZip(id: string, start: 'HTTPS' | string, channel: Texts): Promise<Uint8Array> {
  const isHttps = start === 'HTTPS'
  const iflw = flowText({
    properties: { returnExceptionToSender: 'true' },
    processes: [
      {
        id: 'Main',
        nodes: [
          isHttps
            ? { id: 'Start', type: 'MessageStartEvent' }
            : { id: 'Start', type: 'TimerStartEvent', properties: { scheduleKey: start } },
          { id: 'Call', type: 'ExternalCall' },
          { id: 'End', type: 'MessageEndEvent' },
        ],
        flows: [
          { from: 'Start', to: 'Call' },
          { from: 'Call', to: 'End' },
        ],
      },
    ],
    channels: [
      ...(isHttps
        ? [
            {
              step: 'Start',
              direction: 'Sender' as const,
              properties: { ComponentType: 'HTTPS', urlPath: `/${id}`, xsrfProtection: '0' },
            },
          ]
        : []),
      {
        step: 'Call',
        direction: 'Receiver',
        properties: { ComponentType: 'HTTP', allowedRequestHeaders: '', ...channel },
      },
    ],
  })
  return artifactZip(id, iflw)
}

/** An integration flow and other files of its artifact, by their path below `src/main/resources`. */
export function artifactZip(id: string, iflw: string, files: Texts = {}): Promise<Uint8Array> {
  const manifest = [
    'Manifest-Version: 1.0',
    `Bundle-SymbolicName: ${id}`,
    `Bundle-Name: ${id}`,
    'Bundle-Version: 1.0.0',
    'SAP-BundleType: IntegrationFlow',
    '',
  ].join('\n')
  const resources = { [`scenarioflows/integrationflow/${id}.iflw`]: iflw, ...files }
  return writeArchive(
    new Map([
      ['META-INF/MANIFEST.MF', Buffer.from(manifest)],
      ...Object.entries(resources).map(([path, text]) => [`src/main/resources/${path}`, Buffer.from(text)] as const),
    ]),
  )
}
