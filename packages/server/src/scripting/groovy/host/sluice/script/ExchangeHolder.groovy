package sluice.script

import org.apache.camel.Exchange

/** Scripts read `message.exchange`, a private field of the original. */
interface ExchangeHolder {
    Exchange getExchange()
}
