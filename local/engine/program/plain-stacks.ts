import { createRequire } from 'node:module'

// Loaded into the program before Pulumi's runner. The SDK takes a stack trace for every promise it makes, and its runner
// installs `source-map-support`, which formats each of them in JavaScript: half of a large program's time. Node strips the
// types of a program in place, so its positions are right without any source map; the module is declared loaded instead.
const runner = process.argv[1]
if (runner) {
  const require = createRequire(runner)
  const file = require.resolve('source-map-support/register')
  require.cache[file] ??= Object.assign(Object.create(null), {
    id: file,
    filename: file,
    loaded: true,
    exports: {},
    children: [],
    paths: [],
  })
}
