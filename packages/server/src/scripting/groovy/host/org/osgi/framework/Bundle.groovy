package org.osgi.framework

interface Bundle {
    BundleContext getBundleContext()

    String getSymbolicName()
}
