import assert from 'node:assert/strict'
import { NoSuchLegError, NotOwnNumberError } from '../../../../local/twilio/voice/index.ts'
import { type Centre, caller, openCentre, response } from './centre.ts'

describe('the virtual phones', () => {
  let centre: Centre
  beforeEach(async () => {
    centre = await openCentre({ sayMsPerCharacter: 0 })
    centre.on('/incoming', response('<Dial><Client>bob</Client></Dial>'))
  })
  afterEach(() => centre.close())

  const bob = () => centre.voice.view().calls.find(({ to }) => to === 'client:bob')

  it('call numbers of the account only', () => {
    assert.throws(
      () => centre.voice.phones.call({ from: caller, to: '+12025550199' }),
      NotOwnNumberError,
    )
  })

  it('do nothing by themselves while somebody attends them', async () => {
    const { phones } = centre.voice
    phones.setProfile({ address: 'client:bob', afterSeconds: 1 })
    const desk = phones.attend('client:bob')
    await centre.dial()
    await centre.clock.advance(10_000)
    assert.equal(bob()?.status, 'ringing')
    phones.answer(bob()?.sid ?? '')
    await centre.clock.settle()
    assert.equal(bob()?.status, 'in-progress')
    desk.leave()
  })

  it('act by their profile again when the last one has left', async () => {
    const { phones } = centre.voice
    phones.setProfile({ address: 'client:bob', afterSeconds: 2 })
    const [one, two] = [phones.attend('client:bob'), phones.attend('client:bob')]
    await centre.dial()
    await centre.clock.advance(5_000)
    one.leave()
    one.leave()
    await centre.clock.advance(5_000)
    assert.equal(bob()?.status, 'ringing')
    two.leave()
    await centre.clock.advance(2_000)
    assert.equal(bob()?.status, 'in-progress')
  })

  it('register a client by attending it', async () => {
    const { phones } = centre.voice
    await centre.dial()
    assert.equal(bob()?.status, 'no-answer')
    phones.attend('client:bob')
    await centre.clock.advance(61_000)
    await centre.dial()
    assert.equal(bob()?.status, 'ringing')
    phones.decline(bob()?.sid ?? '')
    await centre.clock.settle()
    assert.equal(bob()?.status, 'busy')
  })

  it('press keys and hang up as their profile says, on both ends of a call', async () => {
    const { phones } = centre.voice
    phones.setProfile({
      address: caller,
      keys: [{ afterSeconds: 2, digits: '4' }],
      hangUpAfterSeconds: 9,
    })
    centre.on('/incoming', response('<Gather numDigits="1" action="/keyed"/>'))
    centre.on('/keyed', response('<Pause length="60"/>'))
    const sid = await centre.dial()
    await centre.clock.advance(2_000)
    assert.equal(centre.to('/keyed')[0]?.fields['Digits'], '4')
    await centre.clock.advance(7_000)
    assert.equal(centre.status(sid), 'completed')
    assert.deepEqual(
      phones.profiles().map(({ address }) => address),
      [caller],
    )
  })

  it('answer only what rings, and press only on what lasts', async () => {
    const sid = await centre.dial()
    assert.throws(() => centre.voice.phones.answer(sid), NoSuchLegError)
    centre.voice.phones.hangUp(sid)
    assert.throws(() => centre.voice.phones.press(sid, '1'), NoSuchLegError)
    assert.throws(() => centre.voice.phones.hangUp('CA0'), /call CA0 is not known/)
  })

  it('are shown with what they do, until a minute after the end', async () => {
    centre.voice.phones.setProfile({
      address: 'client:bob',
      afterSeconds: 1,
      hangUpAfterSeconds: 4,
    })
    const sid = await centre.dial()
    await centre.clock.advance(2_000)
    assert.equal(bob()?.doing, `bridged with ${caller}`)
    assert.equal(bob()?.parentCallSid, sid)
    await centre.clock.advance(4_000)
    assert.deepEqual([bob()?.status, bob()?.doing], ['completed', null])
    await centre.clock.advance(61_000)
    assert.deepEqual(centre.voice.view().calls, [])
  })
})
