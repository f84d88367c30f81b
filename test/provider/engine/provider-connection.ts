import { type ClientReadableStream, credentials, type ServiceError } from '@grpc/grpc-js'
import providerGrpc from '@pulumi/pulumi/proto/provider_grpc_pb.js'

type Client = InstanceType<typeof providerGrpc.ResourceProviderClient>

/** A provider that listens. */
export interface ProviderConnection {
  /** Makes one call; a refusal rejects with gRPC's error. */
  call<Answer>(
    send: (client: Client, done: (error: ServiceError | null, answer: Answer) => void) => unknown,
  ): Promise<Answer>
  /** Collects what one call streams. */
  stream<Answer>(send: (client: Client) => ClientReadableStream<Answer>): Promise<readonly Answer[]>
  disconnect(): void
}

/** Connects to the provider at this local port. */
export function connectProvider(port: number): ProviderConnection {
  const client = new providerGrpc.ResourceProviderClient(
    `127.0.0.1:${port}`,
    credentials.createInsecure(),
  )
  return {
    call: (send) =>
      new Promise((resolve, reject) => {
        send(client, (error, answer) => (error ? reject(error) : resolve(answer)))
      }),
    stream: (send) =>
      new Promise((resolve, reject) => {
        const answers: unknown[] = []
        send(client)
          .on('data', (answer) => answers.push(answer))
          .on('error', reject)
          // Of the type that `send` streams.
          .on('end', () => resolve(answers as never))
      }),
    disconnect: () => client.close(),
  }
}
