package sluice.script

/** A failure that the server reports, with what flows may read of it: `exception.statusCode` or `exception.getStatusCode()`. */
class ReportedException extends Exception {
    private Map<String, Object> reported = [:]

    ReportedException(String message) {
        super(message)
    }

    void report(Map<String, Object> properties) {
        reported = properties
    }

    def propertyMissing(String name) {
        if (reported.containsKey(name)) return reported[name]
        throw new MissingPropertyException(name, getClass())
    }

    def methodMissing(String name, arguments) {
        if (name.startsWith('get') && name.length() > 3 && !arguments) {
            def property = name[3].toLowerCase() + name.substring(4)
            if (reported.containsKey(property)) return reported[property]
        }
        throw new MissingMethodException(name, getClass(), arguments as Object[])
    }

    protected Object reported(String name) {
        reported[name]
    }
}
