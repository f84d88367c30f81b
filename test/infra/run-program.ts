import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as pulumi from '@pulumi/pulumi'
import { parse } from 'yaml'

/** A resource as the program registered it. */
export type Registered = {
  readonly type: string
  readonly name: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly id: string
}

/** What a run of the program under the SDK's mocks came to. */
export type Run = {
  readonly resources: readonly Registered[]
  readonly outputs: Readonly<Record<string, unknown>>
  /** Names of the outputs that are secrets. */
  readonly secrets: readonly string[]
  readonly warnings: readonly string[]
}

const root = path.join(import.meta.dirname, '../..')

const sidPrefixes: Readonly<Record<string, string>> = {
  'twilio:taskrouter:Workspace': 'WS',
  'twilio:taskrouter:WorkspaceDefaults': 'WS',
  'twilio:taskrouter:Activity': 'WA',
  'twilio:taskrouter:Worker': 'WK',
  'twilio:taskrouter:TaskChannel': 'TC',
  'twilio:taskrouter:TaskQueue': 'WQ',
  'twilio:taskrouter:Workflow': 'WW',
  'twilio:phoneNumbers:IncomingPhoneNumber': 'PN',
  'twilio:studio:Flow': 'FW',
}

let runs = 0

/** The configuration that `Pulumi.<stack>.yaml` holds, as the engine hands it to a program: texts, everything else as JSON. */
export function configurationOf(stack: string): Record<string, string> {
  const { config } = parse(readFileSync(path.join(root, `Pulumi.${stack}.yaml`), 'utf8'))
  return Object.fromEntries(
    Object.entries(config as Record<string, unknown>).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}

/** Runs a program (a fresh copy of `infra/index.ts`, or a function) and waits until all of it is registered. */
export async function runProgram(options: {
  readonly stack?: string
  readonly config?: Readonly<Record<string, string>>
  readonly program?: () => Readonly<Record<string, unknown>>
}): Promise<Run> {
  const { stack = 'local', config = configurationOf(stack) } = options
  const resources: Registered[] = []
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, custom = false }) {
        const digits = (resources.length + 1).toString(16).padStart(32, '0')
        const id = custom ? `${sidPrefixes[type] ?? 'id'}${digits}` : ''
        resources.push({ type, name, inputs, id })
        const webhookUrl = `https://webhooks.example/${id}`
        const computed = type === 'twilio:studio:Flow' ? { webhookUrl } : {}
        return { id, state: custom ? { ...inputs, sid: id, ...computed } : inputs }
      },
      call: ({ inputs }) => inputs,
    },
    'switchboard',
    stack,
  )
  pulumi.runtime.setAllConfig({ ...config })
  const program = options.program ?? importProgram
  const { result, warnings } = await collectWarnings(async () => {
    const exported = await program()
    await pulumi.runtime.disconnect()
    return exported
  })
  const outputs = Object.entries(result)
  return {
    resources,
    warnings,
    outputs: Object.fromEntries(
      await Promise.all(outputs.map(async ([name, value]) => [name, await plain(value)])),
    ),
    secrets: (
      await Promise.all(outputs.map(async ([name, value]) => ((await isSecret(value)) ? name : [])))
    ).flat(),
  }
}

// The query makes it another module each time, so that it runs again.
async function importProgram(): Promise<Readonly<Record<string, unknown>>> {
  runs += 1
  return { ...(await import(`../../infra/index.ts?run=${runs}`)) }
}

// Without an engine the SDK writes its log to the console.
async function collectWarnings<T>(
  work: () => Promise<T>,
): Promise<{ result: T; warnings: string[] }> {
  const warnings: string[] = []
  const { warn } = console
  console.warn = (text: string) => warnings.push(text)
  try {
    return { result: await work(), warnings }
  } finally {
    console.warn = warn
  }
}

function plain(value: unknown): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.all({ value }).apply((resolved) => resolve(resolved.value))
  })
}

async function isSecret(value: unknown): Promise<boolean> {
  return pulumi.Output.isInstance(value) && (await pulumi.isSecret(value))
}
