import { type FlowDefinition, type Static, Type } from '../../schemas/index.ts'
import type { ResourceDescription } from '../description/description.ts'
import { force, outputs } from '../description/fields.ts'
import { canonicalDefinition } from './canonical-definition.ts'
import { notesOfCanvas } from './canvas.ts'
import { doubts, refusals } from './check-definition.ts'
import { definitionShape } from './definition-shape.ts'
import { pickChanges, readSettings, readWidgets } from './flow-reading.ts'
import { tellWidgets } from './flow-sentences.ts'
import { countExecutions, endExecutions } from './live-executions.ts'
import { afterWrite, beforeWrite, newsOfRevision } from './revision.ts'

const inputs = Type.Object(
  {
    friendlyName: Type.String({ minLength: 1, description: 'name of the flow' }),
    status: Type.Union([Type.Literal('draft'), Type.Literal('published')], {
      description:
        'published: calls and messages go through it from now on; draft: saved only, for test users',
    }),
    definition: Type.Unsafe<FlowDefinition>({
      type: 'object',
      description:
        'the document that Studio exports, as an object: {"states": […], "initial_state": "Trigger"}',
    }),
    commitMessage: Type.Optional(
      Type.String({
        description: 'what the next revision says about itself; another message alone writes none',
      }),
    ),
    overwriteUnseenRevision: Type.Optional(
      Type.Boolean({
        default: false,
        description:
          'true: an update writes also over a revision that somebody else saved and no refresh has seen; false: it is refused',
      }),
    ),
    force: force(
      'true: the flow is deleted or replaced also while executions are under way in it, which are then ended',
    ),
  },
  { additionalProperties: false },
)

export type FlowInputs = Static<typeof inputs>

/** What callers and senders of messages go through. Every write makes a revision, validated by Twilio beforehand. */
export const flow: ResourceDescription = {
  token: 'twilio:studio:Flow',
  description: 'A Studio flow: what callers and senders of messages go through, as a document.',
  host: 'studio.twilio.com',
  collection: '/v2/Flows',
  id: ['sid'],
  identity: {
    property: 'friendlyName',
    rows: 'flows',
    listsByName: false,
    unique: false,
    excerpts: true,
  },
  lookUp: 'getFlow',
  inputs,
  documents: { definition: definitionShape },
  outputs: outputs({
    revision: Type.Integer({ description: 'number of the latest revision, draft or published' }),
    webhookUrl: Type.String({ description: 'where a number sends its calls and messages' }),
    dateUpdated: Type.Optional(Type.String({ description: 'when the latest revision was saved' })),
    authorSid: Type.Optional(
      Type.String({ description: 'user who saved the latest revision in the console' }),
    ),
  }),
  replaceOn: [],
  // Sent with every write, since the whole is, but no reason for one.
  createOnly: ['commitMessage'],
  wholeUpdates: true,
  renewed: ['revision', 'dateUpdated', 'authorSid'],
  localOnly: ['overwriteUnseenRevision', 'force'],
  json: ['definition'],
  guard: {
    count: countExecutions,
    remedy: 'Let them end, or end them; a number that leads elsewhere keeps new ones away',
    forced: 'they are ended',
    end: endExecutions,
  },
  canonical: { definition: canonicalDefinition },
  readings: {
    widgets: { of: 'definition', read: readWidgets, pick: pickChanges, tell: tellWidgets },
    settings: { of: 'definition', read: readSettings },
  },
  notes: (before, after) => notesOfCanvas(before['definition'], after['definition']),
  check: ({ definition }, names) => refusals(definition, names),
  warnings: ({ definition }, names) => doubts(definition, names),
  beforeWrite: (context) => beforeWrite(flow, context),
  afterWrite: (context, written) => afterWrite(flow, context, written),
  news: newsOfRevision,
}
