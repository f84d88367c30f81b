import { huntSettings } from './hunt-group.ts'
import { incidentSettings } from './incident-settings.ts'
import { defineSchema, type TypeOf } from './schema.ts'
import { Type } from './type.ts'

const clockTime = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$', description: 'HH:MM' })

/** What callers hear and how assignments are answered: settings of one centre, handed to the functions as JSON. */
export const centreSettings = defineSchema(
  'centre settings',
  Type.Object(
    {
      welcome: Type.String({ minLength: 1, description: 'said first, in the default language' }),
      defaultLanguage: Type.String({ description: 'code of the language that silence leads to' }),
      languages: Type.Array(
        Type.Object(
          {
            code: Type.String({
              pattern: '^[a-z]{2,3}$',
              description: 'goes into the task as selected_language, for example es',
            }),
            digit: Type.Optional(
              Type.String({
                pattern: '^[0-9]$',
                description: 'key that chooses it; absent for none',
              }),
            ),
            voiceLanguage: Type.String({ description: '<Say language>, for example es-MX' }),
            prompt: Type.String({ minLength: 1, description: 'said in this language in the menu' }),
            waiting: Type.String({
              minLength: 1,
              description: 'said when the caller enters the queue',
            }),
            apology: Type.String({ minLength: 1, description: 'said when something failed' }),
            voicemail: Type.String({ minLength: 1, description: 'said before the beep' }),
          },
          { additionalProperties: false },
        ),
        { minItems: 1 },
      ),
      holdMusicUrl: Type.Optional(
        Type.String({ description: 'played while waiting; default Twilio’s classical music' }),
      ),
      hours: Type.Optional(
        Type.Object(
          {
            timeZone: Type.String({ description: 'IANA name, for example Europe/Madrid' }),
            open: Type.Array(
              Type.Object(
                {
                  days: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
                    description: '1 Monday … 7 Sunday',
                  }),
                  from: clockTime,
                  to: clockTime,
                },
                { additionalProperties: false },
              ),
            ),
            closedPrompt: Type.String({ minLength: 1 }),
          },
          {
            additionalProperties: false,
            description: 'outside these hours callers hear closedPrompt; absent means always open',
          },
        ),
      ),
      wrapUpSeconds: Type.Object(
        {
          default: Type.Integer({ minimum: 0, maximum: 900 }),
          byQueue: Type.Optional(
            Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 900 }), {
              description: 'task queue SID → seconds',
            }),
          ),
        },
        { additionalProperties: false },
      ),
      instructions: Type.Optional(
        Type.Record(
          Type.String(),
          Type.Union([Type.Literal('dequeue'), Type.Literal('conference')]),
          { description: 'workflow SID → how its calls reach the worker; default dequeue' },
        ),
      ),
      recordConferences: Type.Optional(
        Type.Boolean({ description: 'conferences are recorded from their start; default false' }),
      ),
      /** Seconds a worker’s phone rings; longer than any reservation timeout. */
      ringSeconds: Type.Optional(Type.Integer({ minimum: 5, maximum: 600 })),
      /** Absent: this centre hunts for nobody. */
      hunts: Type.Optional(huntSettings),
      /** Absent: this centre calls nobody about incidents. */
      incidents: Type.Optional(incidentSettings),
    },
    { additionalProperties: false },
  ),
)

export type CentreSettings = TypeOf<typeof centreSettings>
