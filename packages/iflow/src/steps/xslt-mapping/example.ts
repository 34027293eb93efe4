/** A stylesheet that copies the id of an order, takes the plant from a header and leaves the id in a property. */
export const orderStylesheet: string = `<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:cpi="http://sap.com/it/" exclude-result-prefixes="cpi">
  <xsl:param name="exchange"/>
  <xsl:param name="Plant" select="'1010'"/>
  <xsl:template match="/order">
    <xsl:value-of select="cpi:setProperty($exchange, 'OrderId', string(id))"/>
    <delivery plant="{$Plant}"><xsl:copy-of select="id"/></delivery>
  </xsl:template>
</xsl:stylesheet>`

/** What it makes of `<order><id>7</id></order>` with header Plant `1710`. */
export const orderResult: string = '<?xml version="1.0" encoding="UTF-8"?><delivery plant="1710"><id>7</id></delivery>'
