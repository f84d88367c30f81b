import { type Azurite, type AzuritePorts, startAzurite } from './azurite.ts'

/** An Azurite that is started again when it ends unasked. */
export interface KeptAzurite {
  readonly connectionString: string
  stop(): Promise<void>
}

// One that ends again and again is broken; trying on would hide it.
const MAX_RESTARTS = 5

/** Starts Azurite and keeps it running, at the same ports and with the same data. */
export async function keepAzurite(
  ports: AzuritePorts,
  folder: string,
  warn: (text: string) => void,
): Promise<KeptAzurite> {
  let running: Azurite = await startAzurite({ ports, folder })
  let stopped = false
  let restarts = 0

  async function watch(): Promise<void> {
    await running.exited
    if (stopped) return
    if (++restarts > MAX_RESTARTS) {
      warn('Azurite keeps ending; the functions are without their storage.')
      return
    }
    warn('Azurite ended unexpectedly; it is started again.')
    try {
      running = await startAzurite({ ports: running.ports, folder })
      if (stopped) await running.stop()
      else void watch()
    } catch (error) {
      warn(`Azurite could not be started again: ${String(error)}`)
    }
  }
  void watch()

  return {
    connectionString: running.connectionString,
    stop() {
      stopped = true
      return running.stop()
    },
  }
}
