import assert from 'node:assert/strict'
import type { Clock } from '../../../local/clock.ts'
import { type Engine, type State, type Step, startEngine } from './engine.ts'
import { type EngineOutput, type Said, startEngineOutput } from './engine-output.ts'
import { type RecordedTwilio, startRecordedTwilio } from './recorded-twilio.ts'
import type { Properties } from './wire.ts'

/** A provider and a local Twilio for the tests of one `describe`. */
export type Story = {
  readonly twilio: RecordedTwilio
  readonly engine: Engine
  /** What the provider said in the engine's output since this was asked last. */
  said(): readonly Said[]
}

/** The same with a workspace, and what stories of its parts say again and again. */
export type WorkspaceStory = Story & {
  readonly workspaceSid: string
  /** The workspace as the official SDK sees it. */
  inWorkspace(): ReturnType<RecordedTwilio['sdk']['taskrouter']['v1']['workspaces']>
  up(type: string, old: State | undefined, program: Properties): Promise<State>
  /** What an `up` does with it: `same`, `update` … */
  stepOf(type: string, old: State, program: Properties): Promise<Step['step']>
  /** SID of one of the activities that every workspace has. */
  ownActivity(friendlyName: string): Promise<string>
}

/** Starts them before the first test and ends them after the last. A test that waits for calls moves the clock itself. */
export function useTwilio(clock?: Clock): Story {
  let twilio: RecordedTwilio
  let engine: Engine
  let output: EngineOutput
  before(async () => {
    twilio = await startRecordedTwilio(clock)
    output = await startEngineOutput()
    engine = await startEngine(twilio.url, {}, output.address)
  })
  after(async () => {
    engine.close()
    output.close()
    await twilio.close()
  })
  return {
    get twilio() {
      return twilio
    },
    get engine() {
      return engine
    },
    said: () => output.said(),
  }
}

/** Starts them with a workspace. */
export function useWorkspace(): WorkspaceStory {
  const story = useTwilio()
  let workspaceSid = ''
  before(async () => {
    const program = { friendlyName: 'of the story' }
    const made = await story.engine.up('twilio:taskrouter:Workspace', undefined, program)
    workspaceSid = made.state.id
  })
  const inWorkspace = () => story.twilio.sdk.taskrouter.v1.workspaces(workspaceSid)
  return {
    get twilio() {
      return story.twilio
    },
    get engine() {
      return story.engine
    },
    said: story.said,
    get workspaceSid() {
      return workspaceSid
    },
    inWorkspace,
    up: async (type, old, program) =>
      (await story.engine.up(type, old, { workspaceSid, ...program })).state,
    stepOf: async (type, old, program) =>
      (await story.engine.up(type, old, { workspaceSid, ...program })).step,
    async ownActivity(friendlyName) {
      const [own] = await inWorkspace().activities.list({ friendlyName })
      assert.ok(own)
      return own.sid
    },
  }
}

/** The SID among a resource's outputs. */
export function sidOf({ outputs }: State): string {
  return String(outputs['sid'])
}

/** A refresh finds it gone, and deleting it once more is no mistake. */
export async function assertGone({ engine }: Story, type: string, state: State): Promise<void> {
  assert.equal(await engine.refresh(type, state), undefined)
  await engine.destroy(type, state)
}
