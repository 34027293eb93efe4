package sluice.script

import groovy.transform.CompileStatic

import java.lang.reflect.InvocationHandler
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.Proxy

/**
 * What scripts get instead of an object whose class has a `getProperty(String)` of its own. Such a class written in Groovy
 * would answer `message.headers` with it, where one written in Java answers with `getHeaders()`.
 */
@CompileStatic
final class Facade implements InvocationHandler {
    private final Object object

    private Facade(Object object) {
        this.object = object
    }

    static Object of(Object object, Class<?>... types) {
        Proxy.newProxyInstance(Facade.classLoader, types, new Facade(object))
    }

    /** The object of a facade; any other as it is. */
    static Object behind(Object object) {
        if (object == null || !Proxy.isProxyClass(object.getClass())) return object
        InvocationHandler handler = Proxy.getInvocationHandler(object)
        handler instanceof Facade ? ((Facade) handler).object : object
    }

    @Override
    Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.name == 'equals') return proxy.is(arguments[0])
        try {
            return method.invoke(object, arguments)
        } catch (InvocationTargetException wrapped) {
            throw wrapped.targetException
        }
    }
}
