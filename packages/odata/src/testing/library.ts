import { defineModel, type Model } from '../edm/model.ts'

/** A small model with one of everything: composite and numeric keys, a complex type, media, both kinds of navigation. */
export const library: Model = defineModel({
  namespace: 'org.example',
  container: 'Library',
  sets: [
    {
      name: 'Books',
      type: {
        name: 'Book',
        key: ['Id'],
        hasStream: true,
        properties: {
          Id: { type: 'Edm.String', nullable: false },
          Title: { type: 'Edm.String' },
          Pages: { type: 'Edm.Int32' },
          Copies: { type: 'Edm.Int64' },
          Weight: { type: 'Edm.Double' },
          Lent: { type: 'Edm.Boolean' },
          Published: { type: 'Edm.DateTime' },
          Bought: { type: 'Edm.DateTimeOffset' },
          Cover: { type: 'Edm.Binary' },
          Shelf: { type: { name: 'Shelf', properties: { Room: { type: 'Edm.String' }, Row: { type: 'Edm.Int32' } } } },
        },
        navigations: { Pieces: { target: 'Pieces', many: true }, Author: { target: 'Authors', many: false } },
      },
    },
    {
      name: 'Pieces',
      type: {
        name: 'Piece',
        key: ['Name', 'Kind'],
        properties: { Name: { type: 'Edm.String', nullable: false }, Kind: { type: 'Edm.String', nullable: false } },
      },
    },
    {
      name: 'Authors',
      type: { name: 'Author', key: ['Number'], properties: { Number: { type: 'Edm.Int64', nullable: false } } },
    },
  ],
  functionImports: [
    {
      name: 'Lend',
      method: 'POST',
      returnType: 'Edm.String',
      parameters: { Id: { type: 'Edm.String', nullable: false }, Days: { type: 'Edm.Int32' } },
    },
    { name: 'Newest', method: 'GET', returnType: { entitySet: 'Books' }, parameters: {} },
  ],
})
