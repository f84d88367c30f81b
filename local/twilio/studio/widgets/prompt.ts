import type { Step } from '../execution/widget.ts'
import { element, escaped } from './twiml.ts'

/** What a widget says or plays; empty when it has nothing to. */
export function promptOf(step: Step): string {
  const loop = step.integer('loop')
  const say = step.text('say')
  const voice = { voice: step.text('voice'), language: step.text('language'), loop }
  if (say !== '') return element('Say', voice, spoken(say))
  const play = step.text('play')
  if (play !== '') return element('Play', { loop }, escaped(play))
  const digits = step.text('digits')
  return digits === '' ? '' : element('Play', { digits })
}

/** Leads back to the flow when the verbs before it have nothing more to do. */
export function backTo(step: Step, event: string): string {
  return element('Redirect', {}, escaped(step.callbackUrl(event)))
}

// SSML within a text stands as it is written; anything else is text.
function spoken(text: string): string {
  return escaped(text).replaceAll(MARKUP, (tag) =>
    tag.replace('&lt;', '<').replace('&gt;', '>').replaceAll('&quot;', '"'),
  )
}

const MARKUP =
  /&lt;\/?(?:speak|break|prosody|say-as|emphasis|phoneme|sub|p|s|w|lang|amazon:[\w-]+)(?:\s(?:(?!&[lg]t;).)*)?\/?&gt;/gs
