import assert from 'node:assert/strict'
import { centre, type Stack, upCentre } from '../engine/centre.ts'
import { type Engine, type State, startEngine } from '../engine/engine.ts'
import { type RecordedTwilio, startRecordedTwilio } from '../engine/recorded-twilio.ts'

const queue = 'twilio:taskrouter:TaskQueue'

describe('a refresh', () => {
  let twilio: RecordedTwilio
  let engine: Engine
  let workspaceSid: string
  let queues: readonly State[]

  beforeEach(async () => {
    twilio = await startRecordedTwilio()
    engine = await startEngine(twilio.url)
    const parent = await engine.up('twilio:taskrouter:Workspace', undefined, {
      friendlyName: 'Support',
    })
    workspaceSid = parent.state.id
    queues = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        up({ friendlyName: `queue ${i}`, targetWorkers: `skill == "${i}"` }),
      ),
    )
    twilio.forget()
  })

  afterEach(async () => {
    engine.close()
    await twilio.close()
  })

  async function up(inputs: Readonly<Record<string, unknown>>): Promise<State> {
    return (await engine.up(queue, undefined, { workspaceSid, ...inputs })).state
  }

  async function refresh(states: readonly State[]) {
    const seen = await Promise.all(states.map((state) => engine.refresh(queue, state)))
    return seen.map((one) => one?.state)
  }

  const path = () => `/taskrouter.twilio.com/v1/Workspaces/${workspaceSid}/TaskQueues`
  const asked = () => twilio.requests().map((request) => request.path.replace(path(), ''))
  const sdk = (state: State | undefined) =>
    twilio.sdk.taskrouter.v1.workspaces(workspaceSid).taskQueues(String(state?.outputs['sid']))

  it('of many objects of a collection asks for one of them, and lists the others', async () => {
    assert.deepEqual(await refresh(queues), queues)
    assert.deepEqual(asked(), [`/${queues[0]?.outputs['sid']}`, '?PageSize=1000'])
  })

  it('of one object at a time is not longer than that', async () => {
    for (const state of queues) assert.deepEqual(await refresh([state]), [state])
    assert.equal(asked().length, 2)
  })

  it('asks for each object itself of which the list says something new', async () => {
    await sdk(queues[7]).update({ targetWorkers: '1==1' })
    twilio.forget()
    const seen = await refresh(queues)
    assert.equal(seen[7]?.inputs['targetWorkers'], '1==1')
    assert.deepEqual(seen.toSpliced(7, 1), queues.toSpliced(7, 1))
    assert.deepEqual(asked().slice(2), [`/${queues[7]?.outputs['sid']}`])
  })

  it('asks for an object itself that the list does not have, before it calls it gone', async () => {
    await sdk(queues[7]).remove()
    twilio.forget()
    assert.equal((await refresh(queues)).filter((state) => state === undefined).length, 1)
    assert.ok(asked().includes(`/${queues[7]?.outputs['sid']}`))
  })

  it('does not go by rows from before a write', async () => {
    await refresh(queues.slice(0, 5))
    const extra = await up({ friendlyName: 'extra' })
    twilio.forget()
    assert.deepEqual(await refresh([...queues.slice(5), extra]), [...queues.slice(5), extra])
    assert.deepEqual(asked().length, 2)
  })

  it('of one object in a large collection does not list it to the end', async () => {
    const [first, second] = queues
    await Promise.all(Array.from({ length: 1_100 }, (_, i) => sdkQueue(`other ${i}`)))
    twilio.forget()
    const last = await up({ friendlyName: 'last' })
    twilio.forget()
    for (const state of [first, second, last]) {
      if (state) assert.deepEqual(await refresh([state]), [state])
    }
    assert.deepEqual(asked(), [
      `/${first?.outputs['sid']}`,
      '?PageSize=1000',
      `/${last.outputs['sid']}`,
    ])
  })

  function sdkQueue(friendlyName: string) {
    return twilio.sdk.taskrouter.v1.workspaces(workspaceSid).taskQueues.create({ friendlyName })
  }
})

describe('a refresh of a whole centre', () => {
  it('finds the same with lists as one by one', async () => {
    const twilio = await startRecordedTwilio()
    const { url } = twilio
    const engine = await startEngine(url)
    const { stack } = await upCentre(engine)
    const seen: Stack[] = []
    for (const TWILIO_LIST_READS of ['on', 'off']) {
      const reader = await startEngine(url, { TWILIO_LIST_READS })
      const states: Record<string, State> = {}
      await Promise.all(
        centre.map(async ({ name, type }) => {
          const state = stack[name]
          const found = state && (await reader.refresh(type, state))
          if (found) states[name] = found.state
        }),
      )
      seen.push(states)
      reader.close()
    }
    assert.deepEqual(seen[0], seen[1])
    assert.equal(Object.keys(seen[0] ?? {}).length, centre.length)
    engine.close()
    await twilio.close()
  })
})
