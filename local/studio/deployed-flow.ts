import { type FlowDefinition, routes } from '../../schemas/index.ts'
import { type Survey, unwrapSecrets } from '../engine/index.ts'
import { type KnownNames, knownNames } from './known-names.ts'

/** A flow as the account has it, as it was deployed last, and what its names stand for. */
export type DeployedFlow = {
  readonly live: FlowDefinition
  /** Number of the revision that the account has, where that is a draft which nobody has published. */
  readonly draft: number | undefined
  /** What the program gave when it last ran; undefined where no state records it. */
  readonly deployed: FlowDefinition | undefined
  /** What the state says of it now, perhaps by a refresh since. */
  readonly recorded: FlowDefinition | undefined
  readonly known: KnownNames
}

/** A resource as a stack records it. */
export type RecordedResource = {
  readonly urn: string
  readonly type: string
  readonly id?: string
  readonly parent?: string
  readonly inputs?: unknown
  readonly outputs?: unknown
}

/** What a stack records: its resources, and its components with what the program gave them. */
export type RecordedStack = {
  readonly resources: readonly RecordedResource[]
  readonly components: readonly RecordedResource[]
}

const flowType = 'twilio:studio:Flow'

const kinds = {
  'twilio:taskrouter:Workflow': 'workflow',
  'twilio:taskrouter:TaskQueue': 'queue',
  'twilio:taskrouter:TaskChannel': 'channel',
  [flowType]: 'flow',
} as const

/**
 * Looks a flow up in the account: the one that the stack records under its name, or with it, else the one that is called so. The
 * stack's record may be kept elsewhere than in the survey.
 */
export async function deployedFlow(
  survey: Survey,
  name: string,
  stack: RecordedStack = survey,
): Promise<DeployedFlow | 'none'> {
  const recordedFlows = stack.resources.filter(({ type }) => type === flowType)
  const resource =
    recordedFlows.find(({ urn }) => nameIn(urn) === name) ??
    recordedFlows.find(({ inputs }) => plain(inputs)['friendlyName'] === name)
  const id = resource?.id ?? (await idByName(survey, name))
  const read = id === undefined ? undefined : await survey.read(flowType, id)
  if (!read) return 'none'
  const component = stack.components.find(({ urn }) => urn === resource?.parent)
  const recorded = resource && plain(resource.inputs)['definition']
  // A refresh writes over what the resource says, and leaves the component's.
  const given = component && plain(component.outputs)['definition']
  const { definition, status } = plain(read.inputs)
  return {
    live: definition as FlowDefinition,
    draft: status === 'draft' ? Number(plain(read.outputs)['revision']) : undefined,
    deployed: (given ?? recorded) as FlowDefinition | undefined,
    recorded: recorded as FlowDefinition | undefined,
    known: namesIn(stack),
  }
}

async function idByName(survey: Survey, name: string): Promise<string | undefined> {
  const listed = await survey.list(flowType)
  return typeof listed === 'string' ? undefined : listed.find((flow) => flow.name === name)?.id
}

function namesIn({ resources }: RecordedStack): KnownNames {
  const objects = resources.flatMap(({ type, urn, id }) => {
    const kind = kinds[type as keyof typeof kinds]
    const sid = id?.split('/').at(-1)
    return kind && sid ? [[kind, nameIn(urn), sid] as const] : []
  })
  const numbers = resources.flatMap(({ type, urn, inputs }) => {
    const { phoneNumber } = plain(inputs)
    return type.endsWith(':IncomingPhoneNumber') && typeof phoneNumber === 'string'
      ? [['number', nameIn(urn), phoneNumber] as const]
      : []
  })
  const origin = originOf(resources)
  const functions =
    origin === undefined
      ? []
      : Object.entries(routes).map(([name, path]) => ['function', name, origin + path] as const)
  return knownNames([...objects, ...numbers, ...functions])
}

// Workspaces tell their events to a function, by the address at which Twilio reaches all of them.
function originOf(resources: RecordedStack['resources']): string | undefined {
  const urls = resources.flatMap(({ inputs }) => {
    const { eventCallbackUrl } = plain(inputs)
    return typeof eventCallbackUrl === 'string' ? [eventCallbackUrl] : []
  })
  return urls.find((url) => url.endsWith(routes.taskEvents))?.slice(0, -routes.taskEvents.length)
}

// The last part; it may hold the separator itself.
function nameIn(urn: string): string {
  return urn.split('::').slice(3).join('::')
}

function plain(properties: unknown): Readonly<Record<string, unknown>> {
  return unwrapSecrets((properties ?? {}) as never) as unknown as Readonly<Record<string, unknown>>
}
