// Packages and classes of Java: `java.util.HashMap`, `importClass`, `importPackage`, `Packages`, `JavaImporter`.

{
  const { sluice } = globalThis
  const classes = new Map()

  /** Makes a class known under its Java name; classes say their names, as `java.lang.Class` does. */
  sluice.define = (name, type) => {
    classes.set(name, type)
    const simpleName = name.slice(name.lastIndexOf('.') + 1)
    const own = { getName: () => name, getCanonicalName: () => name, getSimpleName: () => simpleName }
    for (const [key, value] of Object.entries({ ...own, class: type, toString: () => `class ${name}` })) {
      Object.defineProperty(type, key, { value, configurable: true })
    }
    return type
  }

  /** What all objects of Java can do. */
  sluice.JavaObject = class {
    getClass() {
      return this.constructor
    }
    equals(other) {
      return this === other
    }
    hashCode() {
      return 0
    }
    toString() {
      return this.constructor.getName()
    }
  }
  sluice.define('java.lang.Object', sluice.JavaObject)

  const isPackage = Symbol('package')
  const unknown = name => {
    throw new TypeError(`Expected a Java class that scripts may use, found ${name}`)
  }

  function packageOf(name) {
    const parts = new Map()
    const inside = key => {
      const path = name === '' ? key : `${name}.${key}`
      if (!parts.has(key)) parts.set(key, classes.get(path) ?? packageOf(path))
      return parts.get(key)
    }
    return new Proxy(class {}, {
      get: (_, key) => {
        if (key === isPackage) return name
        if (key === Symbol.toPrimitive || key === 'toString') return () => `[JavaPackage ${name}]`
        return typeof key === 'symbol' ? undefined : inside(key)
      },
      has: (_, key) => typeof key === 'string' && classes.has(`${name}.${key}`),
      apply: () => unknown(name),
      construct: () => unknown(name),
    })
  }

  const simpleNameOf = type => type.getSimpleName()
  const isJavaPackage = value => typeof value === 'function' && value[isPackage] !== undefined
  const classesOf = folder =>
    [...classes].filter(([name]) => name.slice(0, name.lastIndexOf('.')) === folder[isPackage])

  globalThis.importClass = (...types) => {
    for (const type of types) {
      if (isJavaPackage(type)) unknown(type[isPackage])
      globalThis[simpleNameOf(type)] = type
    }
  }
  globalThis.importPackage = (...folders) => {
    for (const folder of folders) for (const [, type] of classesOf(folder)) globalThis[simpleNameOf(type)] = type
  }
  globalThis.JavaImporter = class {
    constructor(...things) {
      for (const thing of things) {
        const types = isJavaPackage(thing) ? classesOf(thing).map(([, type]) => type) : [thing]
        for (const type of types) this[simpleNameOf(type)] = type
      }
    }
  }
  /** Once all classes are known: packages look them up for good. */
  sluice.openPackages = () => {
    globalThis.Packages = packageOf('')
    for (const root of ['java', 'javax', 'com', 'org']) globalThis[root] = Packages[root]
  }
  sluice.classNamed = name => classes.get(name)
}
