package org.osgi.framework

interface ServiceReference<S> {
    Bundle getBundle()
}
