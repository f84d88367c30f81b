import { routes } from '../../schemas/index.ts'
import type { FunctionApp } from './function-app.ts'
import type { StudioFlow } from './studio-flow.ts'

/** What a number does whose calls the functions answer. */
export function answeredBy(functions: FunctionApp) {
  return {
    voiceUrl: functions.url(routes.incomingCall),
    voiceMethod: 'POST' as const,
    // A caller whose welcome failed can still leave a message.
    voiceFallbackUrl: functions.url(routes.voicemail),
    voiceFallbackMethod: 'POST' as const,
    statusCallback: functions.url(routes.callStatus),
    statusCallbackMethod: 'POST' as const,
  }
}

/**
 * What a number does whose calls go through a flow. Studio learns the end of a call from its status: an execution that waits for
 * nothing on the line would stay open.
 */
export function answeredByFlow({ webhookUrl }: StudioFlow, functions: FunctionApp) {
  return {
    voiceUrl: webhookUrl,
    voiceMethod: 'POST' as const,
    // Where Studio fails, the functions answer.
    voiceFallbackUrl: functions.url(routes.incomingCall),
    voiceFallbackMethod: 'POST' as const,
    statusCallback: webhookUrl,
    statusCallbackMethod: 'POST' as const,
  }
}
