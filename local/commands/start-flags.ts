import { readFile, stat } from 'node:fs/promises'
import { UsageError } from '../failure.ts'
import { type Ports, portsFrom } from '../ports.ts'
import { type FaultProfile, faultProfile } from '../twilio/index.ts'
import { numberFlag, parseFlags } from './command.ts'

/** What `npm start` was told. */
export type StartFlags = {
  readonly ports: Ports
  readonly fresh: boolean
  readonly timings: boolean
  readonly faults: FaultProfile | undefined
}

export const startHelp = `npm start -- [flags]

Brings the whole contact centre up on this machine: local Twilio, storage, functions, the page,
and the stack “local” deployed to them. Watches the program and offers the diff of a change.
Ctrl-C stops everything.

  --port-base <n>         first of the ports (default 4300): page n, local Twilio n+1, functions n+2,
                          Azurite n+10 to n+12; 0 lets the system choose all
  --console-port <n>      the page’s port alone; likewise --twilio-port, --functions-port,
                          --blobs-port, --queues-port, --tables-port
  --fresh                 forget everything that earlier runs left (.switchboard/local; the variable
                          SWITCHBOARD_STATE_DIR names another folder than .switchboard)
  --faults <json|file>    how the local Twilio misbehaves, for example '{"statuses":{"429":0.05}}'
  --timings               print how long each phase takes`

const portFlags = {
  'console-port': 'console',
  'twilio-port': 'twilio',
  'functions-port': 'functions',
  'blobs-port': 'blobs',
  'queues-port': 'queues',
  'tables-port': 'tables',
} as const satisfies Record<string, keyof Ports>

/** Reads the flags; throws a `UsageError`, or an `InvalidInput` for a wrong fault profile. */
export async function readStartFlags(args: readonly string[]): Promise<StartFlags> {
  const { values } = parseFlags('start', args, {
    'port-base': { type: 'string' },
    'console-port': { type: 'string' },
    'twilio-port': { type: 'string' },
    'functions-port': { type: 'string' },
    'blobs-port': { type: 'string' },
    'queues-port': { type: 'string' },
    'tables-port': { type: 'string' },
    fresh: { type: 'boolean', default: false },
    faults: { type: 'string' },
    timings: { type: 'boolean', default: false },
  })
  const port = (name: 'port-base' | keyof typeof portFlags) => {
    const value = numberFlag('start', name, values[name], { min: 0, max: 65_000 })
    if (value !== undefined && !Number.isInteger(value)) {
      throw new UsageError('start', `--${name} must be a whole number`)
    }
    return value
  }
  const ports: { -readonly [Name in keyof Ports]: number } = portsFrom(port('port-base') ?? 4300)
  for (const [flag, name] of Object.entries(portFlags)) {
    ports[name] = port(flag as keyof typeof portFlags) ?? ports[name]
  }
  return {
    ports,
    fresh: values.fresh,
    timings: values.timings,
    faults: values.faults === undefined ? undefined : await readFaults(values.faults),
  }
}

async function readFaults(source: string): Promise<FaultProfile> {
  const isFile = await stat(source).then(
    (found) => found.isFile(),
    () => false,
  )
  const text = isFile ? await readFile(source, 'utf8') : source
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const what = isFile ? `the file ${source} is not JSON` : 'is neither a file nor JSON'
    throw new UsageError('start', `--faults: ${what}`)
  }
  return faultProfile.parse(value)
}
