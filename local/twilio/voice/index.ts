export { NotOwnNumberError } from './call/inbound.ts'
export { NoSuchLegError } from './phones/phone-exchange.ts'
export { createVoice, type Voice, type VoiceDependencies } from './voice.ts'
