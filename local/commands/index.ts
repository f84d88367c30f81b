import type { Command } from './command.ts'

/** A command as the list shows it; the rest is loaded when it is called, since some of them load much. */
export type ListedCommand = {
  readonly name: string
  /** One line. */
  readonly summary: string
  readonly load: () => Promise<Command>
}

/** Every command, in the order in which a newcomer meets them. */
export const commands: readonly ListedCommand[] = [
  {
    name: 'start',
    summary: 'bring the whole centre up on this machine',
    load: async () => (await import('./start.ts')).startCommand,
  },
  {
    name: 'call',
    summary: 'place a call and print its life line by line',
    load: async () => (await import('./call.ts')).callCommand,
  },
  {
    name: 'hunt',
    summary: 'hunt for an agent to join a customer, and print it line by line',
    load: async () => (await import('./hunt.ts')).huntCommand,
  },
  {
    name: 'incident',
    summary: 'create an incident in ServiceNow and print who is called about it',
    load: async () => (await import('./incident.ts')).incidentCommand,
  },
  {
    name: 'preview',
    summary: 'show what a change of the program would do',
    load: async () => (await import('./operations.ts')).previewCommand,
  },
  {
    name: 'up',
    summary: 'deploy the program',
    load: async () => (await import('./operations.ts')).upCommand,
  },
  {
    name: 'refresh',
    summary: 'take over into the state what really exists',
    load: async () => (await import('./operations.ts')).refreshCommand,
  },
  {
    name: 'destroy',
    summary: 'delete everything that the stack declares',
    load: async () => (await import('./operations.ts')).destroyCommand,
  },
  {
    name: 'state',
    summary: 'look at the recorded state, clear pending operations, export, import',
    load: async () => (await import('./state.ts')).stateCommand,
  },
  {
    name: 'inventory',
    summary: 'list what is in the account and not in the stack',
    load: async () => (await import('./inventory.ts')).inventoryCommand,
  },
  {
    name: 'export',
    summary: 'write what is in the account as a program with an import file',
    load: async () => (await import('./export.ts')).exportCommand,
  },
  {
    name: 'import',
    summary: 'take existing objects over into a stack',
    load: async () => (await import('./import.ts')).importCommand,
  },
  {
    name: 'studio:graph',
    summary: 'draw a Studio flow as a picture',
    load: async () => (await import('./studio-graph.ts')).studioGraphCommand,
  },
  {
    name: 'studio:pull',
    summary: 'take a change made in the console over into the source of a Studio flow',
    load: async () => (await import('./studio-pull.ts')).studioPullCommand,
  },
  {
    name: 'studio:schema',
    summary: 'write the JSON Schema of exported flows anew',
    load: async () => (await import('./studio-schema.ts')).studioSchemaCommand,
  },
  {
    name: 'pulumi',
    summary: 'run the real Pulumi CLI with the right Node on its PATH',
    load: async () => (await import('./pulumi.ts')).pulumiCommand,
  },
]
