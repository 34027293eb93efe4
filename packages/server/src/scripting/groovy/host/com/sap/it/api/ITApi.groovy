package com.sap.it.api

/** What `ITApiFactory` gives. */
interface ITApi {
}
