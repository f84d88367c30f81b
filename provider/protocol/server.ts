import { createRequire } from 'node:module'
import type * as grpcTypes from '@grpc/grpc-js'
import type { Environment } from './configuration.ts'
import { createService } from './service.ts'

// CommonJS packages, loaded by path: their ESM view would load far more than the provider needs.
const require = createRequire(import.meta.url)
const mostBytes = 400 * 1024 * 1024

/** A provider that listens. */
export type ProviderServer = {
  readonly port: number
  /** Breaks off what is under way and stops listening. */
  close(): void
}

/** Serves the provider on a free local port. `environment` supplies what the configuration leaves out. */
export async function serveProvider(environment: Environment): Promise<ProviderServer> {
  const grpc = require('@grpc/grpc-js') as typeof grpcTypes
  const { ResourceProviderService } = require('@pulumi/pulumi/proto/provider_grpc_pb.js') as {
    ResourceProviderService: grpcTypes.ServiceDefinition
  }
  const server = new grpc.Server({
    'grpc.max_receive_message_length': mostBytes,
    'grpc.max_send_message_length': mostBytes,
  })
  server.addService(ResourceProviderService, createService(environment))
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) =>
      error ? reject(error) : resolve({ port, close: () => server.forceShutdown() }),
    )
  })
}
