import type { Source } from '../interpreter/frame.ts'
import { Interrupted } from '../scope.ts'
import type { VoiceContext } from '../voice-context.ts'
import type { Call } from './call.ts'

/** Puts the leg under a document of its own; what it did so far is abandoned at once. When the documents run out it is hung up. */
export function startProgram(voice: VoiceContext, call: Call, source: Source): void {
  const scope = call.occupy()
  const run = async () => {
    try {
      await voice.perform(source, { call, scope, stage: 'call' })
      // Also a document without a verb answers.
      call.answer()
      call.hangUp('completed')
    } catch (error) {
      if (error instanceof Interrupted) return
      call.hangUp('failed')
      throw error
    }
  }
  void run()
}
