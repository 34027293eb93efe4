package org.apache.camel.builder

import groovy.transform.CompileStatic
import org.apache.camel.Exchange

/** Simple expressions as far as scripts use them: a text with `${camelId}`, `${body}`, `${header.x}`, `${property.x}`. */
@CompileStatic
class SimpleBuilder {
    private final String text

    private SimpleBuilder(String text) {
        this.text = text
    }

    static SimpleBuilder simple(String text) {
        new SimpleBuilder(text)
    }

    def <T> T evaluate(Exchange exchange, Class<T> type) {
        String value = text.replaceAll(/\$\{([^}]+)\}/) { List<String> groups -> valueOf(groups[1], exchange) }
        type == String || type == Object ? (T) value : (T) value.asType(type)
    }

    private static String valueOf(String expression, Exchange exchange) {
        Object value
        if (expression == 'camelId') value = exchange.context.name
        else if (expression == 'exchangeId') value = exchange.exchangeId
        else if (expression == 'body' || expression == 'in.body') value = exchange.getIn().getBody(String)
        else if (expression.startsWith('property.')) value = exchange.getProperty(expression.substring(9))
        else if (expression.startsWith('exchangeProperty.')) value = exchange.getProperty(expression.substring(17))
        else if (expression.startsWith('header.')) value = exchange.getIn().getHeader(expression.substring(7))
        else throw new UnsupportedOperationException("Expected camelId, exchangeId, body, header.… or property.… in a Simple expression of a script, found ${expression}")
        value == null ? '' : value.toString()
    }
}
