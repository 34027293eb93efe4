package org.osgi.framework

interface BundleContext {
    def <S> ServiceReference<S> getServiceReference(Class<S> type)

    def <S> S getService(ServiceReference<S> reference)
}
