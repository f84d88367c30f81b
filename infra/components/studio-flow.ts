import * as pulumi from '@pulumi/pulumi'
import * as twilio from '@pulumi/twilio'
import {
  completeFlow,
  type FlowReference,
  fitted,
  referencesIn,
  resolveReferences,
} from '../../routing/index.ts'
import type { CentreDeclaration, FlowDefinition, ReferenceKind } from '../../schemas/index.ts'
import type { Flow } from '../../studio-flows/index.ts'
import { refuseUnresolved } from '../flow-refused.ts'

/** What a flow may name, by kind and name: SIDs, addresses, numbers. */
export type FlowReferences = {
  readonly [Kind in ReferenceKind]?: Readonly<Record<string, pulumi.Input<string>>>
}

/** What a deployed flow is made of. */
export type StudioFlowArgs = {
  /** One of `studio-flows/`. */
  readonly flow: Flow
  /** What its references stand for; a reference that is not in here is refused before anything is registered. */
  readonly references?: FlowReferences
  /** Name of the flow in the account; default its own. */
  readonly friendlyName?: string
  /** Default published; a draft is only for the test users of the flow. */
  readonly status?: 'draft' | 'published'
  /** What the next revision says about itself. */
  readonly commitMessage?: string
}

/** A flow of `studio-flows/` on Twilio, with SIDs and addresses of this stack in place of the names that it uses. */
export class StudioFlow extends pulumi.ComponentResource {
  readonly sid: pulumi.Output<string>
  /** Where a number sends its calls and messages. */
  readonly webhookUrl: pulumi.Output<string>

  constructor(name: string, args: StudioFlowArgs, options?: pulumi.ComponentResourceOptions) {
    super('switchboard:studioFlow', name, {}, options)
    const { flow, references = {}, friendlyName = flow.name, status = 'published' } = args
    refuseUnresolved(flow, references)
    const definition = resolveReferences(completeFlow(flow.definition), (pieces) =>
      resolve(pieces, references),
    )
    const resource = new twilio.studio.Flow(
      name,
      { friendlyName, status, commitMessage: args.commitMessage, definition },
      { parent: this },
    )
    this.sid = resource.sid
    this.webhookUrl = resource.webhookUrl
    // A refresh writes over what the resource says, and leaves this: studio:pull knows what was deployed.
    this.registerOutputs({ sid: this.sid, webhookUrl: this.webhookUrl, definition })
  }
}

/** The flows of a centre. Those that run others come after them. */
export function createFlows(
  { flows = {} }: CentreDeclaration,
  references: FlowReferences,
  parent: pulumi.Resource,
): Readonly<Record<string, StudioFlow>> {
  const made: Record<string, StudioFlow> = {}
  const callees = ({ definition }: { readonly definition: FlowDefinition }) =>
    referencesIn(definition).filter(({ reference }) => reference?.kind === 'flow').length
  // Studio goes one level deep: who runs others is run by none.
  for (const [name, flow] of Object.entries(flows).sort(
    ([, a], [, b]) => callees(a) - callees(b),
  )) {
    const { friendlyName, definition } = flow
    const sids = Object.entries(made).map(([other, { sid }]) => [other, sid] as const)
    made[name] = new StudioFlow(
      name,
      {
        flow: { name, definition },
        friendlyName,
        references: { ...references, flow: Object.fromEntries(sids) },
      },
      { parent },
    )
  }
  return made
}

function resolve(
  pieces: readonly (string | FlowReference)[],
  references: FlowReferences,
): pulumi.Output<string> {
  const texts = pieces.map((piece) => {
    if (typeof piece === 'string') return piece
    const value = references[piece.kind]?.[piece.name] ?? ''
    return pulumi.output(value).apply((text) => fitted(text, piece))
  })
  return pulumi.concat(...texts)
}
