import { branchAccount } from './branch-account.ts'
import type { Declaration } from './declaration.ts'
import type { Engine, State } from './engine.ts'
import { eventStreams } from './event-streams.ts'
import { flex } from './flex.ts'
import { messages } from './messages.ts'
import type { Properties } from './wire.ts'

/** What a centre consists of, in the order in which an engine makes it. */
export const centre: readonly Declaration[] = [
  {
    name: 'workspace',
    type: 'twilio:taskrouter:Workspace',
    program: () => ({ friendlyName: 'Support', template: 'NONE' }),
  },
  part('available', 'Activity', { friendlyName: 'Available', available: true }),
  part('offline', 'Activity', { friendlyName: 'Offline' }),
  part('wrap-up', 'Activity', { friendlyName: 'Wrap-Up' }),
  {
    name: 'roles',
    type: 'twilio:taskrouter:WorkspaceDefaults',
    program: ({ workspace, offline, 'wrap-up': wrapUp }) => ({
      workspaceSid: workspace,
      defaultActivitySid: offline,
      timeoutActivitySid: wrapUp,
    }),
  },
  part('voice', 'TaskChannel', { friendlyName: 'Voice calls', uniqueName: 'voice' }),
  part('post', 'TaskChannel', { friendlyName: 'Post', uniqueName: 'post' }),
  part('alice', 'Worker', {
    friendlyName: 'alice',
    attributes: { languages: ['en', 'es'], contact_uri: 'client:alice' },
  }),
  part('spanish', 'TaskQueue', { friendlyName: 'Spanish', targetWorkers: 'languages HAS "es"' }),
  part('anyone', 'TaskQueue', { friendlyName: 'Anyone' }),
  {
    name: 'calls',
    type: 'twilio:taskrouter:Workflow',
    program: ({ workspace, spanish, anyone }) => ({
      workspaceSid: workspace,
      friendlyName: 'Calls',
      assignmentCallbackUrl: 'https://example.com/assignment',
      configuration: {
        task_routing: {
          filters: [
            {
              filter_friendly_name: 'Spanish',
              expression: 'selected_language == "es"',
              targets: [{ queue: spanish, timeout: 30 }, { queue: anyone }],
            },
          ],
          default_filter: { queue: anyone },
        },
      },
    }),
  },
  {
    name: 'menu',
    type: 'twilio:studio:Flow',
    program: ({ calls }) => ({
      friendlyName: 'Main line',
      status: 'published',
      definition: flowTo(calls),
      commitMessage: 'begin',
    }),
  },
  {
    name: 'app',
    type: 'twilio:voice:Application',
    program: () => ({ friendlyName: 'Desk', voiceUrl: 'https://example.com/desk' }),
  },
  {
    name: 'main',
    type: 'twilio:phoneNumbers:IncomingPhoneNumber',
    program: () => ({ phoneNumber: '+12025550100', voiceUrl: 'https://example.com/call' }),
  },
  {
    name: 'branch',
    type: 'twilio:phoneNumbers:IncomingPhoneNumber',
    program: () => ({ areaCode: '212', releaseOnDelete: true }),
  },
  ...messages,
  ...eventStreams,
  ...flex,
  ...branchAccount,
]

/** What an engine keeps of a centre: name → resource. */
export type Stack = Readonly<Record<string, State>>

/**
 * Brings the whole centre up, one resource after the other; tells what was done with each. `stack` is filled as it goes, for
 * those who interrupt it.
 */
export async function upCentre(engine: Engine, old: Stack = {}, stack: Record<string, State> = {}) {
  const steps: string[] = []
  for (const { name, type, program } of centre) {
    const { step, state } = await engine.up(type, old[name], program(sidsOf(stack)), name)
    stack[name] = state
    steps.push(step)
  }
  return { stack, steps }
}

/** Destroys it, the last resource first. */
export async function destroyCentre(engine: Engine, stack: Stack): Promise<void> {
  for (const { name, type } of centre.toReversed()) {
    const state = stack[name]
    if (state) await engine.destroy(type, state)
  }
}

function flowTo(workflowSid: string | undefined): Properties {
  return {
    states: [
      {
        name: 'Trigger',
        type: 'trigger',
        transitions: [{ event: 'incomingCall', next: 'enqueue' }],
        properties: {},
      },
      {
        name: 'enqueue',
        type: 'enqueue-call',
        transitions: [{ event: 'failedToEnqueue', next: 'sorry' }],
        properties: { workflow_sid: workflowSid },
      },
      { name: 'sorry', type: 'say-play', transitions: [], properties: { say: 'Call again' } },
    ],
    initial_state: 'Trigger',
  }
}

function part(name: string, type: string, inputs: Properties): Declaration {
  return {
    name,
    type: `twilio:taskrouter:${type}`,
    program: ({ workspace }) => ({ workspaceSid: workspace, ...inputs }),
  }
}

function sidsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(
    Object.entries(stack).map(([name, { id }]) => [name, id.slice(id.lastIndexOf('/') + 1)]),
  )
}
