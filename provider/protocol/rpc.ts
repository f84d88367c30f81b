import { createRequire } from 'node:module'
import type * as grpcTypes from '@grpc/grpc-js'
import type * as messageTypes from '@pulumi/pulumi/proto/provider_pb.js'
import { ProviderError } from './provider-error.ts'

// CommonJS without named exports that Node can see.
const require = createRequire(import.meta.url)

/** The messages of Pulumi's `provider.proto`. */
export const messages = require('@pulumi/pulumi/proto/provider_pb.js') as typeof messageTypes

/** gRPC's status codes, as far as they are answered here; loading gRPC for three numbers takes time. */
export const status = {
  unknown: 2,
  invalidArgument: 3,
  failedPrecondition: 9,
  unimplemented: 12,
} as const

/** Makes a gRPC handler of a function of the request: what it throws becomes a status with its message. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): grpcTypes.handleUnaryCall<Request, Response> {
  return async ({ request }, reply) => {
    try {
      reply(null, await answer(request))
    } catch (error) {
      reply(await toServiceError(error))
    }
  }
}

/** The same for a handler that answers with a stream. */
export function streaming<Request, Response>(
  answer: (request: Request, write: (part: Response) => void) => Promise<void>,
): grpcTypes.handleServerStreamingCall<Request, Response> {
  return async (call) => {
    try {
      await answer(call.request, (part) => call.write(part))
      call.end()
    } catch (error) {
      call.emit('error', await toServiceError(error))
    }
  }
}

/** An answer that is a gRPC status. */
class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: number
  readonly details: string

  constructor(code: number, details: string) {
    super(details)
    this.code = code
    this.details = details
  }
}

/** A refusal with this status. */
export function refusal(code: number, details: string): Error & Partial<grpcTypes.StatusObject> {
  return new Refusal(code, details)
}

// An engine keeps the old state whatever the status, and prints the text as it is.
async function toServiceError(error: unknown): Promise<Partial<grpcTypes.StatusObject>> {
  const [code, text] = told(error)
  // Only now: the first answers come the sooner.
  const { withoutCredentials } = await import('../../schemas/index.ts')
  return refusal(code, withoutCredentials(text))
}

function told(error: unknown): readonly [code: number, text: string] {
  if (!(error instanceof Error)) return [status.unknown, String(error)]
  if (error instanceof Refusal) return [error.code, error.details]
  if (error instanceof ProviderError) return [status.invalidArgument, error.message]
  // A mistake of ours is told with its place, so that it can be reported.
  return [status.unknown, error.stack ?? error.message]
}
