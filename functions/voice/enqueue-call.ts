import { routes, type VoiceRequest } from '../../schemas/index.ts'
import type { Services } from '../services.ts'
import type { Settings } from '../settings.ts'
import { element, escapeXml, twiml } from '../twiml.ts'
import { type Language, languageForDigit, languageOf } from './language.ts'
import { menu, mostRepeats } from './menu.ts'

/** `POST /enqueue-call`: the chosen language becomes an attribute of the task that waits for an agent. */
export function enqueueCall(call: VoiceRequest, query: URLSearchParams, services: Services) {
  const repeat = Number(query.get('repeat') ?? 0)
  return route(services.settings, call.Digits, Number.isInteger(repeat) ? repeat : 0)
}

/** The menu again after a wrong key, twice; otherwise the queue. Silence takes the default language. */
export function route(settings: Settings, digits: string | undefined, repeat: number): string {
  const { centre } = settings
  const chosen = digits ? languageForDigit(centre, digits) : languageOf(centre, null)
  if (!chosen && repeat < mostRepeats) return twiml(...menu(centre, repeat + 1))
  return twiml(enqueue(settings, chosen ?? languageOf(centre, null)))
}

function enqueue({ app }: Settings, { code }: Language): string {
  const query = `?language=${code}`
  return element(
    'Enqueue',
    {
      workflowSid: app.WORKFLOW_SID,
      action: routes.queueExit + query,
      method: 'POST',
      waitUrl: routes.waitMusic + query,
      waitUrlMethod: 'GET',
    },
    element('Task', {}, escapeXml(JSON.stringify({ selected_language: code }))),
  )
}
