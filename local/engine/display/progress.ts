import type { EngineEvent } from '../planning/step.ts'
import { parseUrn } from '../values/urn.ts'
import { createPaint, type Paint, stepLooks } from './paint.ts'
import { isDefaultProviderStep } from './render-plan.ts'

/** A short line for something that just happened; undefined for what nobody waits to hear. */
export function renderEvent(event: EngineEvent, paint: Paint = createPaint()): string | undefined {
  switch (event.kind) {
    case 'step-started':
      return undefined
    case 'step-ended': {
      const { step } = event
      if (isDefaultProviderStep(step) || step.op === 'same' || step.op === 'replace')
        return undefined
      if (step.op === 'refresh' && step.refreshed === 'same' && !step.failed) return undefined
      const look = stepLooks[step.op === 'refresh' ? (step.refreshed ?? 'same') : step.op]
      const { type, name } = parseUrn(step.urn)
      const outcome = step.failed ? 'failed' : look.done
      const line = `${look.sign.padEnd(2)} ${type} ${name} ${outcome} (${(step.durationMs / 1000).toFixed(2)}s)`
      return paint(step.failed ? 'error' : look.tone, line)
    }
    case 'diagnostic': {
      const { severity, message, urn } = event.diagnostic
      const text = urn ? `${parseUrn(urn).name}: ${message}` : message
      return severity === 'info' ? text : paint(severity, `${severity}: ${text}`)
    }
    case 'output':
      return event.line
    default:
      throw new Error(`no such event: ${JSON.stringify(event satisfies never)}`)
  }
}
