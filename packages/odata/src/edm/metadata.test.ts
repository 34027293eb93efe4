import assert from 'node:assert/strict'
import { test } from 'node:test'
import { library } from '../testing/library.ts'
import { renderMetadata } from './metadata.ts'
import { defineModel, type EntitySet } from './model.ts'

test('the metadata document describes types, sets, associations and function imports', () => {
  const lines = renderMetadata(library).split('\n')
  const expected = [
    '<edmx:Edmx xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" Version="1.0">',
    '<Schema xmlns="http://schemas.microsoft.com/ado/2008/09/edm" Namespace="org.example">',
    '<EntityType Name="Book" m:HasStream="true">',
    '<PropertyRef Name="Kind"/>',
    '<Property Name="Id" Nullable="false" Type="Edm.String"/>',
    '<Property Name="Shelf" Nullable="true" Type="org.example.Shelf"/>',
    '<NavigationProperty FromRole="Book" Name="Pieces" Relationship="org.example.Book_2_r_Pieces" ToRole="r_Pieces"/>',
    '<ComplexType Name="Shelf">',
    '<Association Name="Book_2_r_Author">',
    '<End Multiplicity="1" Role="Book" Type="org.example.Book"/>',
    '<End Multiplicity="0..1" Role="r_Author" Type="org.example.Author"/>',
    '<End Multiplicity="*" Role="r_Pieces" Type="org.example.Piece"/>',
    '<EntityContainer Name="Library" m:IsDefaultEntityContainer="true">',
    '<EntitySet EntityType="org.example.Book" Name="Books"/>',
    '<AssociationSet Association="org.example.Book_2_r_Author" Name="Book_2_r_Author">',
    '<End EntitySet="Authors" Role="r_Author"/>',
    '<FunctionImport Name="Lend" ReturnType="Edm.String" m:HttpMethod="POST">',
    '<Parameter Name="Days" Nullable="true" Type="Edm.Int32"/>',
    '<FunctionImport EntitySet="Books" Name="Newest" ReturnType="org.example.Book" m:HttpMethod="GET">',
  ]
  for (const line of expected) assert.ok(lines.includes(line), line)
})

test('two navigation properties that lead both ways are one association', () => {
  const set = (name: string, type: string, navigations: EntitySet['type']['navigations']): EntitySet => ({
    name,
    type: { name: type, key: ['Id'], properties: { Id: { type: 'Edm.String' } }, ...(navigations && { navigations }) },
  })
  const sets = [
    set('Books', 'Book', { Parts: { target: 'Parts', many: true, association: 'PartsOfBook' } }),
    set('Parts', 'Part', { Whole: { target: 'Books', many: false, association: 'PartsOfBook' } }),
  ]
  const metadata = renderMetadata(defineModel({ namespace: 'n', container: 'c', sets, functionImports: [] }))
  const expected = [
    '<NavigationProperty FromRole="r_Whole" Name="Parts" Relationship="n.PartsOfBook" ToRole="r_Parts"/>',
    '<NavigationProperty FromRole="r_Parts" Name="Whole" Relationship="n.PartsOfBook" ToRole="r_Whole"/>',
    '<End Multiplicity="0..1" Role="r_Whole" Type="n.Book"/>',
    '<End Multiplicity="*" Role="r_Parts" Type="n.Part"/>',
    '<End EntitySet="Books" Role="r_Whole"/>',
    '<End EntitySet="Parts" Role="r_Parts"/>',
  ]
  for (const line of expected) assert.ok(metadata.includes(line), line)
  assert.equal(metadata.match(/<Association /g)?.length, 1)
  assert.equal(metadata.match(/<AssociationSet /g)?.length, 1)
})

test('a declaration whose names do not fit together is a bug', () => {
  const set = (name: string, more: Partial<EntitySet['type']> = {}): EntitySet => ({
    name,
    type: { name: `${name}Type`, key: ['Id'], properties: { Id: { type: 'Edm.String' } }, ...more },
  })
  const define = (...sets: EntitySet[]) => defineModel({ namespace: 'n', container: 'c', sets, functionImports: [] })
  assert.throws(() => define(set('A', { key: ['Nothing'] })), /key of "AType" to be its properties, found "Nothing"/)
  assert.throws(() => define(set('A', { key: [] })), /key of "AType"/)
  assert.throws(() => define(set('A'), set('A')), /each entity set once/)
  assert.throws(() => define(set('A', { navigations: { B: { target: 'B', many: true } } })), /"AType\/B" to lead to/)
  assert.throws(() => define(set('A', { navigations: { Id: { target: 'A', many: true } } })), /declared once/)
  const functionImports = [{ name: 'F', method: 'GET', returnType: { entitySet: 'B' }, parameters: {} }] as const
  const declaration = { namespace: 'n', container: 'c', sets: [set('A')], functionImports }
  assert.throws(() => defineModel(declaration), /"F" to return an entity of the model, found "B"/)
})
