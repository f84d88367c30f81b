import type { TestCentre } from '../support/centre.ts'

/** The main line of a centre, and who calls it. */
export type MainLine = ReturnType<typeof createMainLine>

const caller = '+12025550123'

export const seconds = (count: number) => count * 1_000

/** Calls the main line of a centre, and looks at what comes of it. */
export function createMainLine(centre: () => TestCentre) {
  const view = () => centre().twilio.view()
  const { advance, settle } = {
    advance: (ms: number) => centre().clock.advance(ms),
    settle: () => centre().clock.settle(),
  }
  return {
    caller,
    task: () => view().tasks[0],
    worker: (name: string) => view().workers.find(({ friendlyName }) => friendlyName === name),
    legTo: (address: string) =>
      view().calls.find(({ to, endedAt }) => to === address && endedAt === null),
    call: (callSid: string) => view().calls.find(({ sid }) => sid === callSid),

    /** Calls; the welcome is over, the menu waits. */
    async ring(): Promise<string> {
      const callSid = centre().twilio.phones.call({ from: caller, to: '+12025550100' })
      await settle()
      return callSid
    },
    async press(callSid: string, digits: string): Promise<void> {
      centre().twilio.phones.press(callSid, digits)
      await advance(0)
    },
    async hangUp(callSid: string): Promise<void> {
      centre().twilio.phones.hangUp(callSid)
      await settle()
    },
    /** Has nobody at any phone. */
    letAllRing(): void {
      for (const name of ['alice', 'bob', 'carmen', 'diego']) {
        centre().twilio.phones.setProfile({ address: `client:${name}`, outcome: 'let-ring' })
      }
    },

    /** Everybody free and at the start; the phones as the stack declares them. */
    async reset(): Promise<void> {
      const { twilio, sdk, engine, deployment } = centre()
      const { workspaceSid } = await engine.outputs()
      const workspace = sdk.taskrouter.v1.workspaces(String(workspaceSid))
      const { activities, workers } = twilio.view()
      const available = activities.find(({ friendlyName }) => friendlyName === 'Available')
      for (const { sid } of workers) {
        await workspace.workers(sid).update({ activitySid: available?.sid })
      }
      for (const profile of deployment()?.phoneProfiles ?? []) twilio.phones.setProfile(profile)
    },
    /** Everybody hangs up, and a minute goes by. */
    async clear(): Promise<void> {
      for (const call of view().calls) {
        if (call.endedAt === null) centre().twilio.phones.hangUp(call.sid)
      }
      await advance(seconds(60))
    },
  }
}
