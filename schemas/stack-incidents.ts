import { rosterEntry } from './incident-roster.ts'
import { incidentRules, incidentSettings } from './incident-settings.ts'
import { phoneBehaviour } from './phone-profile.ts'
import { Type } from './type.ts'

const closed = { additionalProperties: false }
const { worker_sid: _, ...entry } = rosterEntry.properties

const stackEntry = Type.Object(
  {
    ...entry,
    worker: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'name of a declared worker: called only while available in TaskRouter',
      }),
    ),
    phone: Type.Optional(phoneBehaviour),
  },
  closed,
)

/** The hunt for incidents as a stack configures it: people by name, everything else as the functions read it. */
export const stackIncidents = Type.Object(
  {
    ...incidentRules,
    from: Type.Optional(
      Type.String({
        pattern: '^\\+[1-9][0-9]{1,14}$',
        description: 'own number that incidents are called from; default the main line',
      }),
    ),
    roster: Type.Optional(
      Type.Object(
        {
          agent_list: Type.Array(stackEntry, { minItems: 1, description: 'one person at least' }),
          escalation_list: Type.Array(stackEntry),
        },
        closed,
      ),
    ),
    rosterUrl: incidentSettings.properties.rosterUrl,
    kinesis: Type.Optional(
      Type.Object(
        {
          arn: Type.String({ minLength: 1, description: 'of the stream' }),
          role_arn: Type.String({ minLength: 1, description: 'of the role that Twilio takes on' }),
          external_id: Type.String({ minLength: 1, description: 'what that role asks for' }),
        },
        {
          ...closed,
          description:
            'ends of calls are told through this stream and functions/incidents/relay instead of a webhook',
        },
      ),
    ),
  },
  { ...closed, description: 'whom to call about an incident; absent: this stack calls nobody' },
)
