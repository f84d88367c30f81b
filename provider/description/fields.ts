import { type TSchema, Type } from '../../schemas/index.ts'

/** A SID of this kind, as an input that refers to another object. */
export function sid(prefix: string, description: string) {
  return Type.String({ pattern: `^${prefix}[0-9a-fA-F]{32}$`, description })
}

/** A name of at most 64 characters. */
export function friendlyName(description: string) {
  return Type.String({ minLength: 1, maxLength: 64, description })
}

/** An address that Twilio requests. */
export function webhookUrl(description: string) {
  return Type.Optional(Type.String({ pattern: '^(https?://\\S+)?$', description }))
}

/** How a webhook is requested. */
export function webhookMethod(description: string) {
  return Type.Optional(
    Type.Union([Type.Literal('GET'), Type.Literal('POST')], {
      title: 'WebhookMethod',
      default: 'POST',
      description,
    }),
  )
}

/** A JSON object that travels as text. */
export function attributes(description: string) {
  return Type.Optional(Type.Record(Type.String(), Type.Unknown(), { default: {}, description }))
}

/** Whether something is deleted whatever goes on in it. */
export function force(description: string) {
  return Type.Optional(Type.Boolean({ default: false, description }))
}

/** The outputs that every object has, and some more. */
export function outputs<More extends Record<string, TSchema>>(more: More) {
  return Type.Object({
    sid: Type.String({ description: 'SID that Twilio gave the object' }),
    dateCreated: Type.Optional(Type.String({ description: 'when Twilio created it' })),
    ...more,
  })
}
