import type { ResourceDescription } from '../description/description.ts'
import { listObjects } from '../listing/list.ts'
import { ProviderError } from '../protocol/provider-error.ts'
import type { Properties } from '../protocol/values.ts'
import type { TwilioClient } from '../requests/client.ts'
import { resources } from '../resources.ts'
import { type Directory, type Names, sidsIn } from './names.ts'

// What the SIDs in documents refer to. SIDs of one kind that several types share can't be looked up.
const tokens: Readonly<Record<string, string>> = {
  WS: 'twilio:taskrouter:Workspace',
  WA: 'twilio:taskrouter:Activity',
  WK: 'twilio:taskrouter:Worker',
  WQ: 'twilio:taskrouter:TaskQueue',
  WW: 'twilio:taskrouter:Workflow',
  TC: 'twilio:taskrouter:TaskChannel',
  FW: 'twilio:studio:Flow',
  AP: 'twilio:voice:Application',
  PN: 'twilio:phoneNumbers:IncomingPhoneNumber',
  AD: 'twilio:account:Address',
  MG: 'twilio:messaging:Service',
  DG: 'twilio:events:Sink',
}
const mostObjects = 1000

/** Finds names that this process has not met, by asking Twilio. */
export interface ForeignNames {
  /** Learns the names of what these readings refer to. Every collection is listed once, up to 1,000 objects. */
  find(
    resource: ResourceDescription,
    inputs: Properties,
    readings: readonly string[],
    client: TwilioClient,
  ): Promise<void>
}

/** Nothing asked yet; what is found goes into the directory. */
export function createForeignNames(directory: Directory): ForeignNames {
  const asked = new Map<string, Promise<boolean>>()

  return {
    async find(resource, inputs, readings, client) {
      for (const sid of strangersIn(resource, inputs, readings, directory)) {
        const kind = resources.find(({ token }) => token === tokens[sid.slice(0, 2)])
        if (!kind || directory.knows(sid)) continue
        const query = parentsOf(kind, inputs)
        const key = `${kind.token} ${Object.values(query).join('/')}`
        const listed = asked.get(key) ?? learnAll(kind, query, client, directory)
        asked.set(key, listed)
        if ((await listed) && !directory.knows(sid)) {
          directory.miss(sid, 'workspaceSid' in query ? 'the workspace' : 'the account')
        }
      }
    },
  }
}

/** Lists a collection for its names; tells whether that was all of it. */
async function learnAll(
  resource: ResourceDescription,
  query: Properties,
  client: TwilioClient,
  directory: Directory,
): Promise<boolean> {
  try {
    const { objects, next } = await listObjects(resource, client, { query, limit: mostObjects })
    for (const { id, name } of objects) directory.note(id, name)
    return next === undefined
  } catch (error) {
    // Names are a convenience: what was read is told with SIDs then.
    if (error instanceof ProviderError) return false
    throw error
  }
}

function parentsOf({ collection }: ResourceDescription, inputs: Properties): Properties {
  const parents = [...collection.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const known = parents.filter((name) => typeof inputs[name] === 'string')
  return Object.fromEntries(known.map((name) => [name, inputs[name]]))
}

/** The SIDs that the readings ask names for, and that have none yet. */
function strangersIn(
  resource: ResourceDescription,
  inputs: Properties,
  readings: readonly string[],
  directory: Directory,
): ReadonlySet<string> {
  const strangers = new Set<string>()
  const meet = (text: string) => {
    for (const sid of sidsIn(text)) if (!directory.knows(sid)) strangers.add(sid)
  }
  const names: Names = {
    ...directory,
    nameOf(sid) {
      meet(String(sid))
      return directory.nameOf(sid)
    },
    spell(text) {
      meet(text)
      return directory.spell(text)
    },
  }
  for (const name of readings) {
    const reading = resource.readings?.[name]
    if (reading) reading.read(inputs[reading.of], names)
  }
  return strangers
}
