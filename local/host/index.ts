export { createFunctionsHost, type FunctionsHostOptions } from './create-functions-host.ts'
export { type FunctionsHost, PortTaken } from './functions-host.ts'
export { hostProgram } from './program.ts'
