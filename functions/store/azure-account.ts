import type { AppSettings } from '../../schemas/index.ts'

/** Limits of every call to the storage: a webhook waits for some of them. */
export const callTimeoutMs = 1500

const retryOptions = { maxRetries: 1, maxTries: 2, retryDelayInMs: 100, tryTimeoutInMs: 700 }
const options = { retryOptions, allowInsecureConnection: true }

/** Clients of one storage account. Each SDK is loaded when it is first used, so that start-up stays lean. */
export type AzureAccount = {
  table(name: string): Promise<import('@azure/data-tables').TableClient>
  container(name: string): Promise<import('@azure/storage-blob').ContainerClient>
  queue(name: string): Promise<import('@azure/storage-queue').QueueClient>
}

/** The account that the app settings name: by connection string, or by name with the managed identity. */
export function createAzureAccount(app: AppSettings): AzureAccount {
  // Keeps the state of several centres apart.
  const named = (name: string) => `${app.STORE_PREFIX ?? ''}${name}`
  const connection = app.AzureWebJobsStorage
  const address = (service: string) =>
    `https://${app.AzureWebJobsStorage__accountName}.${service}.core.windows.net`
  const identity = once(async () => {
    const { ManagedIdentityCredential } = await import('@azure/identity')
    const clientId = app.AzureWebJobsStorage__clientId
    return clientId ? new ManagedIdentityCredential({ clientId }) : new ManagedIdentityCredential()
  })
  return {
    async table(name) {
      const { TableClient } = await import('@azure/data-tables')
      return connection
        ? TableClient.fromConnectionString(connection, named(name), options)
        : new TableClient(address('table'), named(name), await identity(), options)
    },
    async container(name) {
      const { BlobServiceClient } = await import('@azure/storage-blob')
      const service = connection
        ? BlobServiceClient.fromConnectionString(connection, options)
        : new BlobServiceClient(address('blob'), await identity(), options)
      return service.getContainerClient(named(name))
    },
    async queue(name) {
      const { QueueServiceClient } = await import('@azure/storage-queue')
      const service = connection
        ? QueueServiceClient.fromConnectionString(connection, options)
        : new QueueServiceClient(address('queue'), await identity(), options)
      return service.getQueueClient(named(name))
    },
  }
}

/** Does the work at the first call and hands the same result to the later ones; a failure is not kept. */
export function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work().catch((error: unknown) => {
      result = undefined
      throw error
    })
    return result
  }
}
