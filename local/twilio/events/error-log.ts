import type { Alerts } from '../alerts.ts'
import type { Context } from '../context.ts'
import type { Publish } from './published-event.ts'

/** The alerts of an account, each an event as well: `com.twilio.error-logs.error.logged`. */
export function publishedAlerts(
  { alerts, accountSid, newSid, clock }: Context,
  publish: Publish,
): Alerts {
  return {
    ...alerts,
    add(code, text, about = {}) {
      alerts.add(code, text, about)
      const at = clock.now()
      publish({
        type: 'com.twilio.error-logs.error.logged',
        subject: `/2010-04-01/Accounts/${accountSid}`,
        at,
        data: () => ({
          sid: newSid('NO'),
          account_sid: accountSid,
          date_created: new Date(at).toISOString(),
          // Alerts here do not tell warnings from errors.
          level: 'ERROR',
          correlation_sid: about.callSid ?? about.taskSid ?? about.workerSid ?? null,
          error_code: String(code),
          payload: JSON.stringify({ error_code: code, message: text }),
        }),
      })
    },
  }
}
