import { createServer } from 'node:net'
import { defaultPorts } from './demo-account.ts'
import { Failure } from './failure.ts'
import { findPortHolder } from './port-holder.ts'

/** Where everything listens. */
export type Ports = { readonly [Name in keyof typeof defaultPorts]: number }

/** What each port is for, as messages say it. */
const purposes: Readonly<Record<keyof Ports, string>> = {
  console: 'the console page',
  twilio: 'the local Twilio',
  functions: 'the functions',
  serviceNow: 'the local ServiceNow',
  blobs: 'Azurite’s blobs',
  queues: 'Azurite’s queues',
  tables: 'Azurite’s tables',
}

/** A port that something else holds. */
export class PortTaken extends Failure {
  override readonly name = 'PortTaken'
  readonly port: number

  constructor(port: number, purpose: string, holder: string | undefined) {
    super(
      'port-taken',
      `Port ${port} (for ${purpose}) is taken${holder ? ` by ${holder}` : ''}.`,
      holder
        ? 'Stop that program, or choose other ports: npm start -- --port-base 4400'
        : 'Another program listens there. Choose other ports: npm start -- --port-base 4400',
    )
    this.port = port
  }
}

/** The default ports moved so that the console is at `base`; base 0 lets the system choose each. */
export function portsFrom(base: number): Ports {
  const move = (port: number) => (base === 0 ? 0 : base + port - defaultPorts.console)
  return {
    console: move(defaultPorts.console),
    twilio: move(defaultPorts.twilio),
    functions: move(defaultPorts.functions),
    serviceNow: move(defaultPorts.serviceNow),
    blobs: move(defaultPorts.blobs),
    queues: move(defaultPorts.queues),
    tables: move(defaultPorts.tables),
  }
}

/** Throws `PortTaken` for the first port that is not free. Port 0 is always free. */
export async function assertPortsFree(ports: Ports): Promise<void> {
  const names = Object.keys(purposes) as (keyof Ports)[]
  const free = await Promise.all(names.map((name) => isFree(ports[name])))
  const taken = names[free.indexOf(false)]
  if (!taken) return
  throw new PortTaken(ports[taken], purposes[taken], await findPortHolder(ports[taken]))
}

function isFree(port: number): Promise<boolean> {
  if (port === 0) return Promise.resolve(true)
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
