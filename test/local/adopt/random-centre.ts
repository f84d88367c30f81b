import fc from 'fast-check'
import type twilio from 'twilio'

/** A centre as somebody may have made it by hand. Queues and so on refer to each other by their place. */
export type RandomCentre = {
  readonly workspaces: readonly RandomWorkspace[]
  readonly applications: readonly string[]
}

type RandomWorkspace = {
  readonly name: string
  readonly multiTask: boolean
  readonly activities: readonly string[]
  /** Which activities are default and time-out, among all of the workspace. */
  readonly roles: readonly [number, number]
  readonly channels: readonly string[]
  readonly workers: readonly { readonly name: string; readonly attributes: object }[]
  readonly queues: readonly { readonly name: string; readonly workers: string }[]
  readonly workflows: readonly {
    readonly name: string
    readonly callback: string
    /** A filter's expression, and its queues with their time-outs. */
    readonly filters: readonly {
      readonly name: string
      readonly expression: string
      readonly targets: readonly { readonly queue: number; readonly timeout: number }[]
    }[]
    readonly fallback: number
  }[]
}

// Names as people give them: with blanks, quotes, other scripts, digits in front, words of the language.
const label = fc.oneof(
  fc.constantFrom(
    'Spanish',
    'class',
    'Überlauf',
    '日本語',
    "O'Hara",
    '"VIP"',
    '1st line',
    'new',
    'a-b',
    'a b',
    'a_b',
    '`x` \u0024{y}',
    '\\',
  ),
  fc
    .string({ minLength: 1, maxLength: 20, unit: 'grapheme-ascii' })
    .filter((text) => text.trim() === text && text !== ''),
)
const labels = (most: number) =>
  fc.uniqueArray(label, { maxLength: most, selector: (text) => text.toLowerCase() })
const place = fc.nat({ max: 99 })
const attributes = fc.dictionary(
  fc.stringMatching(/^[a-z_]{1,8}$/),
  fc.oneof(
    label,
    fc.integer(),
    fc.boolean(),
    fc.array(label, { maxLength: 8 }),
    fc.array(fc.integer(), { maxLength: 40 }),
  ),
  { maxKeys: 4 },
)

const workspace: fc.Arbitrary<RandomWorkspace> = fc.record({
  name: label,
  multiTask: fc.boolean(),
  activities: labels(3),
  roles: fc.tuple(place, place),
  channels: fc.uniqueArray(fc.stringMatching(/^[a-z_]{3,10}$/), { maxLength: 2 }),
  workers: labels(4).chain((names) =>
    fc.tuple(...names.map((name) => attributes.map((value) => ({ name, attributes: value })))),
  ),
  // Two queues may have the same name.
  queues: fc.array(
    fc.record({
      name: label,
      workers: fc.constantFrom('1==1', 'languages HAS "es"', "a  IN ['x']"),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  workflows: fc.array(
    fc.record({
      name: label,
      callback: fc.constantFrom('', 'https://example.com/a?x=1&y=2'),
      filters: fc.array(
        fc.record({
          name: label,
          expression: fc.constantFrom('language == "es"', "type=='billing'", '1==1'),
          targets: fc.array(
            fc.record({ queue: place, timeout: fc.integer({ min: 1, max: 600 }) }),
            {
              minLength: 1,
              maxLength: 3,
            },
          ),
        }),
        { maxLength: 2 },
      ),
      fallback: place,
    }),
    { maxLength: 2 },
  ),
})

/** Random centres of one to six workspaces. */
export const randomCentre: fc.Arbitrary<RandomCentre> = fc.record({
  workspaces: fc.array(workspace, { minLength: 1, maxLength: 6 }),
  applications: fc.array(label, { maxLength: 2 }),
})

/** Makes the centre with the official SDK. */
export async function makeByHand(sdk: twilio.Twilio, centre: RandomCentre): Promise<void> {
  for (const friendlyName of centre.applications) {
    await sdk.applications.create({ friendlyName, voiceUrl: 'https://example.com/voice' })
  }
  for (const plan of centre.workspaces) await makeWorkspace(sdk, plan)
}

async function makeWorkspace(sdk: twilio.Twilio, plan: RandomWorkspace): Promise<void> {
  const { sid } = await sdk.taskrouter.v1.workspaces.create({
    friendlyName: plan.name,
    multiTaskEnabled: plan.multiTask,
  })
  const workspace = sdk.taskrouter.v1.workspaces(sid)
  for (const friendlyName of plan.activities) {
    await workspace.activities.create({ friendlyName, available: friendlyName.length % 2 === 0 })
  }
  const idle = (await workspace.activities.list()).filter(({ available }) => !available)
  const [defaultRole, timeoutRole] = plan.roles.map((role) => idle[role % idle.length]?.sid)
  await workspace.update({ defaultActivitySid: defaultRole, timeoutActivitySid: timeoutRole })
  for (const uniqueName of plan.channels) {
    if (['default', 'voice', 'sms', 'chat', 'video'].includes(uniqueName)) continue
    await workspace.taskChannels.create({ uniqueName, friendlyName: uniqueName })
  }
  for (const { name, attributes } of plan.workers) {
    await workspace.workers.create({ friendlyName: name, attributes: JSON.stringify(attributes) })
  }
  const queues: string[] = []
  for (const { name, workers } of plan.queues) {
    const made = await workspace.taskQueues.create({ friendlyName: name, targetWorkers: workers })
    queues.push(made.sid)
  }
  const queue = (at: number) => queues[at % queues.length]
  for (const { name, callback, filters, fallback } of plan.workflows) {
    const configuration = {
      task_routing: {
        filters: filters.map((filter) => ({
          filter_friendly_name: filter.name,
          expression: filter.expression,
          targets: filter.targets.map((target) => ({
            queue: queue(target.queue),
            timeout: target.timeout,
          })),
        })),
        default_filter: { queue: queue(fallback) },
      },
    }
    await workspace.workflows.create({
      friendlyName: name,
      configuration: JSON.stringify(configuration),
      ...(callback ? { assignmentCallbackUrl: callback } : {}),
    })
  }
}
