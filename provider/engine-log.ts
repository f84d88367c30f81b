import { createRequire } from 'node:module'
import type * as grpcTypes from '@grpc/grpc-js'
import type * as engineGrpcTypes from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import type * as engineTypes from '@pulumi/pulumi/proto/engine_pb.js'

// CommonJS, as in `server.ts`.
const require = createRequire(import.meta.url)
const patienceMs = 2_000

/** Shows a line in the engine's output. Nobody waits for it: an engine that does not listen misses it. */
export function logToEngine(address: string, message: string): void {
  const { credentials, Metadata } = require('@grpc/grpc-js') as typeof grpcTypes
  const { EngineClient } =
    require('@pulumi/pulumi/proto/engine_grpc_pb.js') as typeof engineGrpcTypes
  const { LogRequest, LogSeverity } =
    require('@pulumi/pulumi/proto/engine_pb.js') as typeof engineTypes
  const client = new EngineClient(address, credentials.createInsecure())
  const request = new LogRequest().setSeverity(LogSeverity.INFO).setMessage(message)
  client.log(request, new Metadata(), { deadline: Date.now() + patienceMs }, () => client.close())
}
