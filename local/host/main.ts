// Child process: serves the functions app as Azure would load it. Settings come in the environment, the port in
// PORT. Prints one line of JSON when it is ready, and leaves with SIGTERM or with its parent.
import { enableCompileCache } from 'node:module'

// Everything else is imported after this, so that it comes out of the cache.
enableCompileCache()
const { loadApp } = await import('./functions-core.ts')
const app = await loadApp(() => import('../../functions/main.ts'))
const { PortTaken, serveApp } = await import('./functions-host.ts')

try {
  const host = await serveApp(app, {
    port: Number(process.env['PORT'] ?? 0),
    connections: process.env,
  })
  const { origin, port, functionNames } = host
  process.stdout.write(`${JSON.stringify({ ready: true, origin, port, functionNames })}\n`)
  const leave = async () => {
    await host.close()
    process.exit(0)
  }
  process.once('SIGTERM', leave)
  process.once('SIGINT', leave)
  process.once('disconnect', leave)
} catch (error) {
  if (!(error instanceof PortTaken)) throw error
  process.stdout.write(`${JSON.stringify({ ready: false, error: error.message })}\n`)
  process.exitCode = 1
}
