import type { AccountWorld } from './account-world.ts'
import type { PhoneProfile, Phones, PhoneText } from './contract.ts'

/** The phones of all accounts as one network: a number leads to the account that has it, a leg to the account that it is in. */
export function createPhoneNetwork(worlds: () => readonly AccountWorld[], main: AccountWorld) {
  const ofCall = (callSid: string) => {
    const all = worlds()
    return (all.length > 1 && all.find((world) => world.hasCall(callSid))) || main
  }
  const texts = (of: (phones: Phones) => readonly PhoneText[]) =>
    worlds()
      .flatMap((world) => of(world.phones))
      .sort((a, b) => a.at - b.at)
  const phones: Phones = {
    call: (dial) => (worlds().find((world) => world.hasNumber(dial.to)) ?? main).phones.call(dial),
    text: (text) => (worlds().find((world) => world.hasNumber(text.to)) ?? main).phones.text(text),
    inbox: (address) => texts((own) => own.inbox(address)),
    thread: (address) => texts((own) => own.thread(address)),
    press: (callSid, digits) => ofCall(callSid).phones.press(callSid, digits),
    speak: (callSid, text) => ofCall(callSid).phones.speak(callSid, text),
    hangUp: (callSid) => ofCall(callSid).phones.hangUp(callSid),
    answer: (callSid) => ofCall(callSid).phones.answer(callSid),
    decline: (callSid) => ofCall(callSid).phones.decline(callSid),
    setProfile(profile: PhoneProfile) {
      for (const world of worlds()) world.phones.setProfile(profile)
    },
    profiles: () => main.phones.profiles(),
    attend(address) {
      const ends = worlds().map((world) => world.phones.attend(address))
      return {
        leave() {
          for (const { leave } of ends) leave()
        },
      }
    },
  }
  return {
    phones,
    /** The profiles of the phones hold in a new account too. */
    join(world: AccountWorld) {
      for (const profile of main.phones.profiles()) world.phones.setProfile(profile)
    },
  }
}
