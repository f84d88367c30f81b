import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js'
import engineGrpc from '@pulumi/pulumi/proto/engine_grpc_pb.js'
import type { LogRequest } from '@pulumi/pulumi/proto/engine_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'

/** A line that a provider said in the engine's output. */
export type Said = {
  readonly message: string
  readonly urn: string
  readonly severity: 'debug' | 'info' | 'warning' | 'error'
}

/** The engine's end of Log. */
export type EngineOutput = {
  readonly address: string
  /** What was said since it was asked last. */
  said(): readonly Said[]
  close(): void
}

const severities = ['debug', 'info', 'warning', 'error'] as const

/** Listens on a free port. */
export async function startEngineOutput(): Promise<EngineOutput> {
  let lines: Said[] = []
  const server = new Server()
  server.addService(engineGrpc.EngineService, {
    log({ request }: ServerUnaryCall<LogRequest, unknown>, done: sendUnaryData<unknown>) {
      lines.push({
        message: request.getMessage(),
        urn: request.getUrn(),
        severity: severities[request.getSeverity()] ?? 'info',
      })
      done(null, new emptyProto.Empty())
    },
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    )
  })
  return {
    address: `127.0.0.1:${port}`,
    said() {
      const all = lines
      lines = []
      return all
    },
    close: () => server.forceShutdown(),
  }
}
