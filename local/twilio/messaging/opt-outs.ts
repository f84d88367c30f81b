/** What a text does that is nothing but a keyword. */
export type Keyword = 'stop' | 'start' | 'help'

// Twilio's standard English keywords.
const keywords: Readonly<Record<Keyword, readonly string[]>> = {
  stop: ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'OPTOUT', 'REVOKE'],
  start: ['START', 'YES', 'UNSTOP'],
  help: ['HELP', 'INFO'],
}

/** What Twilio itself answers to a keyword. */
export const keywordAnswers: Readonly<Record<Keyword, string>> = {
  stop: 'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  start:
    'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
  help: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.',
}

/** The keyword that a text is, in any case and without regard to blanks around it. */
export function keywordOf(text: string): Keyword | undefined {
  const word = text.trim().toUpperCase()
  if (keywords.stop.includes(word)) return 'stop'
  if (keywords.start.includes(word)) return 'start'
  return keywords.help.includes(word) ? 'help' : undefined
}

/** Who wants no messages from whom. A sender is a number, or the messaging service that it is in. */
export interface OptOuts {
  has(sender: string, contact: string): boolean
  add(sender: string, contact: string): void
  /** Whether there was one. */
  delete(sender: string, contact: string): boolean
  values(): readonly string[]
}

/** Those of a snapshot, or none. */
export function createOptOuts(initial: readonly string[] = []): OptOuts {
  const pairs = new Set(initial)
  const pair = (sender: string, contact: string) => `${sender} ${contact}`
  return {
    has: (sender, contact) => pairs.has(pair(sender, contact)),
    add: (sender, contact) => void pairs.add(pair(sender, contact)),
    delete: (sender, contact) => pairs.delete(pair(sender, contact)),
    values: () => [...pairs],
  }
}
