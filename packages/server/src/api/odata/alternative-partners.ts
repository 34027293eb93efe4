import type { AlternativePartnerEntry } from '../../store/store.ts'
import { checkLine } from './check-id.ts'
import { type EntitySetApi, textOf } from './definition.ts'
import { hexOf, textOfHex } from './hex-text.ts'
import { auditProperties, partnerEntries } from './partner-entries.ts'

/** What agencies call partners in their schemes. Keys are in hexadecimal notation. */
export const alternativePartners: EntitySetApi = {
  clients: ['contiva', 'documentation', 'figaf', 'odata-mcp-proxy'],
  options: ['user'],
  set: {
    name: 'AlternativePartners',
    type: {
      name: 'AlternativePartner',
      key: ['Hexagency', 'Hexscheme', 'Hexid'],
      properties: {
        Hexagency: { type: 'Edm.String', nullable: false },
        Hexscheme: { type: 'Edm.String', nullable: false },
        Hexid: { type: 'Edm.String', nullable: false },
        Agency: { type: 'Edm.String', nullable: false },
        Scheme: { type: 'Edm.String', nullable: false },
        Id: { type: 'Edm.String', nullable: false },
        Pid: { type: 'Edm.String', nullable: false },
        ...auditProperties,
      },
    },
  },
  ...partnerEntries<AlternativePartnerEntry, 'agency' | 'scheme' | 'id'>({
    entries: directory => directory.alternativePartners,
    keyOf: key => ({
      agency: textOfHex('Hexagency', textOf(key, 'Hexagency')),
      scheme: textOfHex('Hexscheme', textOf(key, 'Hexscheme')),
      id: textOfHex('Hexid', textOf(key, 'Hexid')),
    }),
    row: ({ agency, scheme, id, partnerId }) => ({
      Hexagency: hexOf(agency),
      Hexscheme: hexOf(scheme),
      Hexid: hexOf(id),
      Agency: agency,
      Scheme: scheme,
      Id: id,
      Pid: partnerId,
    }),
    created: body => ({
      agency: checkLine(body, 'Agency', 120),
      scheme: checkLine(body, 'Scheme', 120),
      id: checkLine(body, 'Id', 255),
      partnerId: checkLine(body, 'Pid', 60),
    }),
    changed: body => ({ partnerId: checkLine(body, 'Pid', 60) }),
  }),
}
