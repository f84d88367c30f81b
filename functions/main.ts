// What Azure loads: settings → services → registrations. Nothing else imports this file but a host.
import { registerApp, registerNotConfigured } from './app.ts'
import { createServices } from './services.ts'
import { readConfiguration } from './settings.ts'

const configuration = readConfiguration()
if (configuration.kind === 'configured') registerApp(createServices(configuration.settings))
else registerNotConfigured(configuration.problems)
