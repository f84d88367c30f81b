#!/usr/bin/env node
// Plain JavaScript, so that a Node that is too old for TypeScript still says so in one clear line.
import module from 'node:module'
import process from 'node:process'

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 24) {
  console.error(
    `Switchboard needs Node 24 or newer, and this is ${process.version}. On Linux, “npm install” brings it along for “npm start” and the other npm scripts; elsewhere install it from https://nodejs.org`,
  )
  process.exit(1)
}

module.enableCompileCache?.()
// Types are stripped from the page's modules by Node itself, whose warning that this is new says nothing to the user.
const [printWarning] = process.listeners('warning')
process.removeAllListeners('warning')
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') printWarning?.(warning)
})
await import('./main.ts')
