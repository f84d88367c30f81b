export type { Warning } from './check.ts'
export { type Element, parseXml, TwimlError } from './element.ts'
export { parseTwiml, type Twiml } from './parse-twiml.ts'
export type {
  Dial,
  DialApplication,
  DialConference,
  DialLeg,
  DialNoun,
  DialQueue,
  Enqueue,
  Gather,
  Method,
  Play,
  ProgressCallback,
  Prompt,
  Record,
  RecordingCallback,
  Say,
  StartRecording,
  Target,
  Verb,
} from './verb.ts'
