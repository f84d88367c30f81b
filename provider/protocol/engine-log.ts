import { createRequire } from 'node:module'
import type * as grpcTypes from '@grpc/grpc-js'
import type * as engineGrpcTypes from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import type * as engineTypes from '@pulumi/pulumi/proto/engine_pb.js'
import { withoutCredentials } from '../../schemas/index.ts'

// CommonJS, as in `server.ts`.
const require = createRequire(import.meta.url)
const patienceMs = 2_000

/** What a line in the engine's output is about. */
export type LogLine = {
  /** The resource; absent: the whole. */
  readonly urn?: string
  /** Default: info. */
  readonly severity?: 'info' | 'warning'
}

/** Says something in the engine's output. */
export type Tell = (message: string, line?: LogLine) => Promise<void>

/** Shows a line in the engine's output, without credentials in addresses; resolves when it is there. An engine that does not listen misses it, which is no failure. */
export function logToEngine(address: string, message: string, line: LogLine = {}): Promise<void> {
  const { credentials, Metadata } = require('@grpc/grpc-js') as typeof grpcTypes
  const { EngineClient } =
    require('@pulumi/pulumi/proto/engine_grpc_pb.js') as typeof engineGrpcTypes
  const { LogRequest, LogSeverity } =
    require('@pulumi/pulumi/proto/engine_pb.js') as typeof engineTypes
  const client = new EngineClient(address, credentials.createInsecure())
  const { urn = '', severity = 'info' } = line
  const request = new LogRequest()
    .setSeverity(severity === 'info' ? LogSeverity.INFO : LogSeverity.WARNING)
    .setMessage(withoutCredentials(message))
    .setUrn(urn)
  return new Promise((resolve) => {
    client.log(request, new Metadata(), { deadline: Date.now() + patienceMs }, () => {
      client.close()
      resolve()
    })
  })
}
