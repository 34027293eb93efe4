package org.osgi.framework

import groovy.transform.CompileStatic
import sluice.script.Services

/** There is no OSGi here: every class is in one bundle, whose context knows the services that `ITApiFactory` knows. */
@CompileStatic
final class FrameworkUtil {
    private static final Bundle bundle = new OnlyBundle()

    static Bundle getBundle(Class<?> type) {
        bundle
    }

    @CompileStatic
    private static final class OnlyBundle implements Bundle, BundleContext {
        final String symbolicName = 'sluice'

        @Override
        BundleContext getBundleContext() {
            this
        }

        /** Null where there is no such service, as in the original. */
        @Override
        def <S> ServiceReference<S> getServiceReference(Class<S> type) {
            Services.find((Class<?>) type) == null ? null : new Reference<S>(type)
        }

        @Override
        def <S> S getService(ServiceReference<S> reference) {
            reference == null ? null : (S) Services.find((Class<?>) ((Reference<S>) reference).type)
        }
    }

    @CompileStatic
    private static final class Reference<S> implements ServiceReference<S> {
        final Class<S> type

        Reference(Class<S> type) {
            this.type = type
        }

        @Override
        Bundle getBundle() {
            FrameworkUtil.bundle
        }
    }
}
