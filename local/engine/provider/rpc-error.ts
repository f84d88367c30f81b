import { type ServiceError, status } from '@grpc/grpc-js'
import errorsProto from '@pulumi/pulumi/proto/errors_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import statusProto from '@pulumi/pulumi/proto/status_pb.js'
import type { PropertyMap } from '../values/property-value.ts'
import { fromStruct } from '../values/wire.ts'

/** The object exists but is not ready: what the provider knows of it, to be kept in the state. */
export class InitializationFailed extends Error {
  override readonly name = 'InitializationFailed'
  readonly id: string
  readonly outputs: PropertyMap
  readonly inputs: PropertyMap | undefined
  readonly reasons: readonly string[]

  constructor(
    message: string,
    parts: {
      readonly id: string
      readonly outputs: PropertyMap
      readonly inputs: PropertyMap | undefined
      readonly reasons: readonly string[]
    },
  ) {
    super([message, ...parts.reasons.map((reason) => `  * ${reason}`)].join('\n'))
    this.id = parts.id
    this.outputs = parts.outputs
    this.inputs = parts.inputs
    this.reasons = parts.reasons
  }
}

/** A provider's refusal, with its text as given and the details it packed. */
export class ProviderCallFailed extends Error {
  override readonly name = 'ProviderCallFailed'
  /** The gRPC status code. */
  readonly status: number

  constructor(message: string, code: number, options?: ErrorOptions) {
    super(message, options)
    this.status = code
  }
}

/** Whether the provider does not know the method at all. */
export function isUnimplemented(error: unknown): boolean {
  return error instanceof ProviderCallFailed && error.status === status.UNIMPLEMENTED
}

/** Makes an error of a failed call, with the details from `grpc-status-details-bin`. */
export function readRpcError(error: ServiceError): Error {
  const details = readDetails(error)
  const failed = details.get('pulumirpc.ErrorResourceInitFailed')
  if (failed) {
    const detail = providerProto.ErrorResourceInitFailed.deserializeBinary(failed)
    return new InitializationFailed(error.details, {
      id: detail.getId(),
      outputs: fromStruct(detail.getProperties()),
      inputs: detail.hasInputs() ? fromStruct(detail.getInputs()) : undefined,
      reasons: detail.getReasonsList(),
    })
  }
  return new ProviderCallFailed(
    [error.details || error.message, ...hints(details)].join('\n'),
    error.code,
    { cause: error },
  )
}

function hints(details: ReadonlyMap<string, Uint8Array>): string[] {
  const missing = details.get('pulumirpc.ConfigureErrorMissingKeys')
  const properties = details.get('pulumirpc.InputPropertiesError')
  return [
    ...(missing
      ? providerProto.ConfigureErrorMissingKeys.deserializeBinary(missing)
          .getMissingkeysList()
          .map(
            (key) =>
              `  missing ${key.getName()} (${key.getDescription()}); set it with: pulumi config set ${key.getName()} <value>`,
          )
      : []),
    ...(properties
      ? errorsProto.InputPropertiesError.deserializeBinary(properties)
          .getErrorsList()
          .map((item) => `  ${item.getPropertyPath()}: ${item.getReason()}`)
      : []),
  ]
}

function readDetails(error: ServiceError): Map<string, Uint8Array> {
  const [packed] = error.metadata?.get('grpc-status-details-bin') ?? []
  if (!Buffer.isBuffer(packed)) return new Map()
  try {
    // The protobuf library takes plain byte arrays only, no Buffer.
    const details = statusProto.Status.deserializeBinary(new Uint8Array(packed)).getDetailsList()
    return new Map(details.map((any) => [any.getTypeName(), any.getValue_asU8()]))
  } catch {
    // Details that cannot be read take nothing away from the refusal itself.
    return new Map()
  }
}
