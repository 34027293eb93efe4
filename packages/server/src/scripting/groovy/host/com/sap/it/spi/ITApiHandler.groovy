package com.sap.it.spi

/** Imported by scripts that do not use it. */
interface ITApiHandler {
}
