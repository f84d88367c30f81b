import { holdsCredentials, type Problem } from '../../schemas/index.ts'
import { canonicalUrl } from '../comparison/canonical.ts'
import { isRecord, type Properties, unknownValue } from '../protocol/values.ts'

/** How events reach a webhook. */
export type WebhookSink = {
  /** Absolute http or https address. */
  readonly destination: string
  readonly method: 'POST' | 'GET'
  /** Several events in one request. */
  readonly batch_events?: boolean
}

/** How events reach a Kinesis stream. */
export type KinesisSink = {
  /** `arn:aws:kinesis:<region>:<account>:stream/<name>` */
  readonly arn: string
  /** `arn:aws:iam::<account>:role/<name>`: the role that Twilio takes on. */
  readonly role_arn: string
  /** What the role asks Twilio for; a secret. */
  readonly external_id: string
}

/** How events reach Segment. */
export type SegmentSink = {
  /** The source's key; a secret. */
  readonly write_key: string
}

/** Where a sink's events go; which of these it is, the type of the sink says. */
export type SinkConfiguration = WebhookSink | KinesisSink | SegmentSink

type Rule = {
  readonly pattern: RegExp
  readonly wanted: string
  readonly secret?: boolean
}

const rules: Readonly<Record<string, Readonly<Record<string, Rule>>>> = {
  webhook: {
    destination: {
      pattern: /^https?:\/\/[^\s/]+/i,
      wanted: 'an absolute address, https://example.com/events',
    },
    method: { pattern: /^(GET|POST)$/, wanted: '"POST" or "GET"' },
  },
  kinesis: {
    arn: {
      pattern: /^arn:aws[\w-]*:kinesis:[\w-]+:\d+:stream\/.+$/,
      wanted: 'the ARN of the stream, arn:aws:kinesis:<region>:<account>:stream/<name>',
    },
    role_arn: {
      pattern: /^arn:aws[\w-]*:iam::\d+:role\/.+$/,
      wanted: 'the ARN of the role that Twilio takes on, arn:aws:iam::<account>:role/<name>',
    },
    external_id: { pattern: /./, wanted: 'the external id of that role', secret: true },
  },
  segment: { write_key: { pattern: /./, wanted: 'the write key of the source', secret: true } },
}
const optional: Readonly<Record<string, readonly string[]>> = { webhook: ['batch_events'] }

/** What is wrong with a sink's configuration for its type. */
export function problemsOfSink({ sinkType, sinkConfiguration }: Properties): readonly Problem[] {
  const wanted = rules[String(sinkType)]
  if (!wanted || !isRecord(sinkConfiguration)) return []
  const problems = Object.entries(wanted).flatMap(([name, rule]) => {
    const value = sinkConfiguration[name]
    if (value === unknownValue) return []
    // The value itself may be the secret.
    if (typeof value === 'string' && rule.pattern.test(value)) return []
    const what = value === undefined ? 'is missing' : 'is not as it must be'
    return [problem(name, `${what} in a ${String(sinkType)} sink: ${rule.wanted}`)]
  })
  const known = [...Object.keys(wanted), ...(optional[String(sinkType)] ?? [])]
  const foreign = Object.keys(sinkConfiguration).filter((name) => !known.includes(name))
  const batches = sinkConfiguration['batch_events']
  return [
    ...problems,
    ...foreign.map((name) =>
      problem(name, `is nothing that a ${String(sinkType)} sink has: it has ${known.join(', ')}`),
    ),
    ...(sinkType !== 'webhook' || ['boolean', 'undefined'].includes(typeof batches)
      ? []
      : batches === unknownValue
        ? []
        : [problem('batch_events', 'must be true or false')]),
  ]
}

/** The configuration in which two spellings of one endpoint are equal. */
export function canonicalSink(configuration: unknown): unknown {
  if (!isRecord(configuration)) return configuration
  const { destination } = configuration
  if (destination === undefined || destination === unknownValue) return configuration
  return { ...configuration, destination: canonicalUrl(destination) }
}

/**
 * What Twilio answers, beside what was declared: it may add settings that nobody named, and it may mask a secret, which says
 * nothing about it.
 */
export function liveSink(live: unknown, declared: unknown): unknown {
  const document = typeof live === 'string' ? parse(live) : live
  if (!isRecord(document)) return document
  if (!isRecord(declared)) {
    return Object.fromEntries(
      Object.entries(document).filter(([name]) => !isMasked(document, name)),
    )
  }
  const names = Object.keys(declared)
  return Object.fromEntries(
    names.map((name) => [name, isMasked(document, name) ? declared[name] : document[name]]),
  )
}

/** Whether a configuration holds what nobody else may read: a key, or a password in an address. */
export function holdsSecret(sinkType: unknown, configuration: unknown): boolean {
  const secret = Object.values(rules[String(sinkType)] ?? {}).some((rule) => rule.secret)
  if (secret || !isRecord(configuration)) return secret
  const { destination } = configuration
  return typeof destination === 'string' && holdsCredentials(destination)
}

function isMasked(document: Properties, name: string): boolean {
  const secret = Object.values(rules).some((each) => each[name]?.secret)
  const value = document[name]
  if (name === 'destination') return typeof value === 'string' && /:(\*+|x{3,})@/i.test(value)
  if (!secret) return false
  return typeof value !== 'string' || value === '' || /[*•]{3}|^x{4,}/i.test(value)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Compared as it is, which gives a difference: the truth.
    return text
  }
}

function problem(name: string, message: string): Problem {
  return { path: `sinkConfiguration.${name}`, message }
}
