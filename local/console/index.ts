export { type Console, type ConsoleOptions, createConsole } from './console.ts'
export type { ConsoleMessage, ConsoleRequest, ConsoleState } from './messages.ts'
export { createWrapUps, type WrapUps } from './wrap-ups.ts'
