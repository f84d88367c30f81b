import { createScope, Interrupted } from '../scope.ts'
import type { Target } from '../twiml/index.ts'
import type { VoiceContext } from '../voice-context.ts'
import type { Conference } from './conference.ts'
import { type Participant, participantFields } from './participant.ts'

/** Plays a document to one participant, or to all of a conference, while the talk goes on. */
export async function announce(
  voice: VoiceContext,
  conference: Conference,
  target: Target,
  participant?: Participant,
): Promise<void> {
  const listener = participant ?? conference.participants()[0]
  if (!listener) return
  const { call } = listener
  const scope = createScope(voice.clock)
  const offs = [
    call.ended.on(() => scope.end('hung-up')),
    listener.changed.on(() => {
      if (listener.departure) scope.end('stopped')
    }),
  ]
  const report = (event: string, more: Record<string, string> = {}) =>
    conference.report('announcement', event, {
      AnnounceUrl: target.url,
      ...(participant ? participantFields(participant) : {}),
      ...more,
    })
  try {
    const source = { kind: 'url', ...target } as const
    const outcome = await voice.perform(source, { call, scope, stage: 'conference-announcement' })
    if (outcome === 'error') {
      report('announcement-fail', { ReasonAnnouncementFailed: 'the document could not be played' })
    } else report('announcement-end')
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    report('announcement-fail', { ReasonAnnouncementFailed: 'the participant left' })
  } finally {
    for (const off of offs) off()
  }
}
