/** What this provider refuses, or could not do. The message says what failed, on which object, and what to do. */
export abstract class ProviderError extends Error {
  abstract readonly code: string | number
}
