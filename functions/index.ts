// Front door, free of side effects; `main.ts` is what Azure loads.
export { registerApp, registerNotConfigured } from './app.ts'
export { createLog, type Log } from './log.ts'
export { createServices, type OwnServices, type Services } from './services.ts'
export { type Configuration, readConfiguration, type Settings } from './settings.ts'
