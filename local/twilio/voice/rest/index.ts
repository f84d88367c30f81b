import type { Route } from '../../route.ts'
import type { VoiceContext } from '../voice-context.ts'
export function voiceRoutes(_: VoiceContext): readonly Route[] {
  return []
}
