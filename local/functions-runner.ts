/** A functions host that serves. */
export interface RunningFunctions {
  readonly origin: string
  stop(): Promise<void>
}

/** Starts a functions host with these settings in its environment, on this port. */
export type StartFunctions = (
  environment: Readonly<Record<string, string>>,
  port: number,
) => Promise<RunningFunctions>

/** The functions host, which is started anew whenever its settings change. */
export interface FunctionsRunner {
  readonly origin: string
  /** Serves with these settings from now on; does nothing when they are the same. */
  configure(environment: Readonly<Record<string, string>>): Promise<void>
  stop(): Promise<void>
}

/** Starts the functions without settings: `/healthz` says so until `configure` is called. */
export async function startFunctionsRunner(
  start: StartFunctions,
  port: number,
): Promise<FunctionsRunner> {
  let settings = '{}'
  let running = await start({}, port)
  const { origin } = running
  return {
    origin,
    async configure(environment) {
      const wanted = JSON.stringify(environment)
      if (wanted === settings) return
      await running.stop()
      running = await start(environment, Number(new URL(origin).port))
      settings = wanted
    },
    stop: () => running.stop(),
  }
}
