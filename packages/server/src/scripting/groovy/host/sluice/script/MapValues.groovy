package sluice.script

import com.sap.it.api.mapping.MappingContext
import com.sap.it.api.mapping.Output
import groovy.transform.CompileStatic
import org.codehaus.groovy.runtime.InvokerHelper
import sluice.worker.Channel
import sluice.worker.RequestHandler
import sluice.worker.Resources
import sluice.worker.Thrown

import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Method
import java.lang.reflect.Modifier

/**
 * Calls a function of a message mapping: `[id, function, calls, headers, properties]` → `[results, headers,
 * properties, thrown]`. Each call is a list of arguments, each a text or a list of texts; each result is a list of outputs,
 * each a list of contexts.
 */
@CompileStatic
final class MapValues implements RequestHandler {

    @Override
    Object handle(Object argument, Channel channel) {
        List<Object> parts = (List<Object>) argument
        Program program = (Program) Resources.get(((Integer) parts.get(0)).intValue())
        Exceptions.forget()
        ValueMap headers = new ValueMap((List<Object>) parts.get(3), program.loader, false)
        ValueMap properties = new ValueMap((List<Object>) parts.get(4), program.loader, true)
        ScriptMappingContext context = new ScriptMappingContext(headers, properties)
        List<Object> results = []
        Object thrown = null
        Thread.currentThread().contextClassLoader = program.loader
        try {
            String function = (String) parts.get(1)
            List<List<Object>> calls = (List<List<Object>>) parts.get(2)
            Method method = calls.isEmpty() ? null : find(program, function, calls.get(0).size())
            for (List<Object> values : calls) results.add(call(program, method, values, context))
        } catch (Throwable throwable) {
            thrown = Thrown.describe(CallScript.unwrap(throwable))
        } finally {
            Thread.currentThread().contextClassLoader = MapValues.classLoader
        }
        [(Object) results, (Object) headers.changes(), (Object) properties.changes(), thrown]
    }

    private static Method find(Program program, String function, int count) {
        for (Method method : program.type.declaredMethods) {
            if (method.name == function && !method.synthetic && plain(method) == count) {
                method.setAccessible(true)
                return method
            }
        }
        throw new NoFunctionException(function)
    }

    /** How many arguments are values, not `Output` or `MappingContext`. */
    private static int plain(Method method) {
        int count = 0
        for (Class<?> type : method.parameterTypes) if (type != Output && type != MappingContext) count++
        count
    }

    private static List<Object> call(Program program, Method method, List<Object> values, ScriptMappingContext context) {
        Class<?>[] types = method.parameterTypes
        Object[] arguments = new Object[types.length]
        List<ScriptOutput> outputs = []
        int next = 0
        for (int i = 0; i < types.length; i++) {
            if (types[i] == Output) {
                ScriptOutput output = new ScriptOutput()
                outputs.add(output)
                arguments[i] = output
            } else if (types[i] == MappingContext) arguments[i] = context.facade
            else arguments[i] = argumentOf(values.get(next++), types[i])
        }
        Object target = Modifier.isStatic(method.modifiers) ? null : program.instance()
        Object returned
        try {
            returned = method.invoke(target, arguments)
        } catch (InvocationTargetException wrapped) {
            throw wrapped.targetException
        }
        if (outputs.isEmpty()) return [(Object) [[returned == null ? null : InvokerHelper.toString(returned)]]]
        List<Object> contexts = []
        for (ScriptOutput output : outputs) contexts.add(output.contexts)
        contexts
    }

    private static Object argumentOf(Object value, Class<?> type) {
        if (value instanceof List) return arrayOf((List<Object>) value, type)
        String text = (String) value
        if (type.isArray()) return arrayOf([(Object) text], type)
        single(text, type)
    }

    private static Object arrayOf(List<Object> values, Class<?> type) {
        if (!type.isArray()) return values.isEmpty() ? null : single((String) values.get(0), type)
        Class<?> item = type.componentType
        Object array = java.lang.reflect.Array.newInstance(item, values.size())
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i) == null ? (item == String || item == Object ? ScriptOutput.SUPPRESS : null) : single((String) values.get(i), item)
            java.lang.reflect.Array.set(array, i, value)
        }
        array
    }

    private static Object single(String text, Class<?> type) {
        switch (type) {
            case int: case Integer: return Integer.valueOf(text.trim())
            case long: case Long: return Long.valueOf(text.trim())
            case float: case Float: return Float.valueOf(text.trim())
            case double: case Double: return Double.valueOf(text.trim())
            case boolean: case Boolean: return text.trim().equalsIgnoreCase('true') || text.trim() == '1'
            case BigDecimal: return new BigDecimal(text.trim())
            case BigInteger: return new BigInteger(text.trim())
            default: return text
        }
    }
}
