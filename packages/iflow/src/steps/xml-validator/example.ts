/** An order has an id, which is a whole number. */
export const orderSchema: string = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:element name="order">
    <xs:complexType><xs:sequence><xs:element name="id" type="xs:integer"/></xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>`
