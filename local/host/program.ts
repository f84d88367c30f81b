import { fileURLToPath } from 'node:url'

/** How the functions host is run as a process of its own: the arguments for Node. */
export const hostProgram: readonly string[] = [
  // Every request leaves objects that die together. Small young generations are cleared in under a millisecond each;
  // V8's own size, 16 MB, makes pauses of 5 to 10 ms, which callers' webhooks would see.
  '--max-semi-space-size=4',
  fileURLToPath(new URL('./main.ts', import.meta.url)),
]
