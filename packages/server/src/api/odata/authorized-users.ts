import type { AuthorizedUserEntry } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { auditProperties, partnerEntries } from './partner-entries.ts'

/** Users that may call for a partner. Names are kept in lower case. */
export const authorizedUsers: EntitySetApi = {
  clients: ['contiva', 'documentation', 'figaf', 'odata-mcp-proxy'],
  options: ['user'],
  set: {
    name: 'AuthorizedUsers',
    type: {
      name: 'AuthorizedUser',
      key: ['User'],
      properties: {
        User: { type: 'Edm.String', nullable: false },
        Pid: { type: 'Edm.String', nullable: false },
        ...auditProperties,
      },
    },
  },
  ...partnerEntries<AuthorizedUserEntry, 'user'>({
    entries: directory => directory.users,
    keyOf: key => ({ user: textOf(key, 'User').toLowerCase() }),
    row: ({ user, partnerId }) => ({ User: user, Pid: partnerId }),
    created: body => ({
      user: checkLine(body, 'User', 150).toLowerCase(),
      partnerId: checkLine(body, 'Pid', 60),
    }),
    changed: body => ({ partnerId: checkLine(body, 'Pid', 60) }),
  }),
}
