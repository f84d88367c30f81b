export type { Recording } from './recording.ts'
export {
  createRecordings,
  type RecordingOptions,
  type Recordings,
  recordingFields,
} from './recordings.ts'
export { silence } from './silence.ts'
