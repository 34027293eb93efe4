import { type EntitySetApi, textOf } from './definition.ts'
import { detailReading } from './message-log-details.ts'
import { readMonitoring, readPayloads } from './permissions.ts'
import { messageSubjects } from './protected-subjects.ts'

const reading = detailReading(
  logs => logs.attachments,
  ({ id, messageGuid, createdAt, name, contentType, size }) => ({
    Id: id,
    MessageGuid: messageGuid,
    TimeStamp: createdAt,
    Name: name,
    ContentType: contentType,
    PayloadSize: BigInt(size),
  }),
)

/** RFC 9110 section 8.3.1; flows name what they like. */
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[\w !#$&^.+/:=-]*"))*$/

/** Files that flows put beside message processing logs. */
export const messageProcessingLogAttachments: EntitySetApi = {
  clients: ['contiva', 'CPI Helper', 'figaf', 'mcp-integration-suite', 'odata-mcp-proxy'],
  set: {
    name: 'MessageProcessingLogAttachments',
    type: {
      name: 'MessageProcessingLogAttachment',
      key: ['Id'],
      hasStream: true,
      properties: {
        Id: { type: 'Edm.String', nullable: false },
        MessageGuid: { type: 'Edm.String' },
        TimeStamp: { type: 'Edm.DateTime' },
        Name: { type: 'Edm.String' },
        ContentType: { type: 'Edm.String' },
        PayloadSize: { type: 'Edm.Int64' },
      },
    },
  },
  roles: readMonitoring,
  guard: { reads: ['media'], subjects: (row, context) => messageSubjects(textOf(row, 'MessageGuid'), context) },
  mediaRoles: readPayloads,
  ...reading.ofAll,
  async media(row, { store }) {
    const body = await store.messageLogs.findAttachmentContent(textOf(row, 'Id'))
    const contentType = textOf(row, 'ContentType')
    return (
      body && {
        contentType: mediaType.test(contentType) ? contentType : 'application/octet-stream',
        body,
        // A file for whoever follows a link in a browser, not a page of this server.
        fileName: textOf(row, 'Name'),
      }
    )
  },
}

/** Those of one log, in the order in which they were added. */
export const attachmentsOf = reading.ofLog
