export { announce } from './announce.ts'
export { attend } from './attend.ts'
export type { Conference } from './conference.ts'
export { type Conferences, createConferences } from './conferences.ts'
export { attendAsGuest } from './guest.ts'
export {
  API_END_HANGS_UP,
  beeps,
  type ConferenceSettings,
  createParticipant,
  type Departure,
  isConferenceName,
  isLabel,
  type Participant,
  type ParticipantOptions,
  participantFields,
} from './participant.ts'
