import assert from 'node:assert/strict'
import { type LocalTwilio, startLocalTwilio } from '../../../../support/local-twilio.ts'
import { publish, run, type SmallWidget, wayOf } from '../execution/running-flow.ts'

describe('a split', () => {
  let local: LocalTwilio
  beforeEach(async () => {
    local = await startLocalTwilio()
  })
  afterEach(() => local.close())

  const codes = () => local.twilio.alerts().map(({ code }) => code)
  /** Whether `input` takes the branch of that condition. */
  async function takes(condition: string, input: unknown) {
    const which: SmallWidget = [
      'split-based-on',
      { input: '{{flow.data.input}}' },
      { noMatch: null, [`match ${condition}`]: null },
    ]
    const [, step] = await wayOf(await run(local, await publish(local, { which }), { input }))
    return step === 'which match Ended'
  }

  it('answers as the documents’ examples say', async () => {
    assert.equal(await takes('is_after_date 2017-09-04', '2019-08-12'), true)
    assert.equal(await takes('is_before_time 16:35', '17:00'), false)
    assert.equal(await takes('greater_than 1000', '900'), false)
    assert.equal(await takes('is_blank', 'Twilio'), false)
    assert.equal(await takes('matches_any_of yes,yeah,yup', 'YES'), true)
    assert.equal(await takes('regex [1-5]', '6'), false)
    assert.equal(await takes('contains A', 'aab'), true)
    assert.equal(await takes('starts_with hoo', ' Hoot'), true)
    assert.deepEqual(codes(), [])
  })

  it('takes words for no number', async () => {
    assert.equal(await takes('less_than 5', 'four'), false)
    assert.equal(await takes('less_than 5', ''), false)
    assert.equal(await takes('less_than 5', '4.5'), true)
  })

  it('gives a pattern up that would hold up everybody else, with a warning', async () => {
    assert.equal(await takes('regex (a+)+', `${'a'.repeat(60)}!`), false)
    assert.equal(await takes('regex (', 'a'), false)
    assert.deepEqual(codes(), [81005, 81005])
    assert.match(local.twilio.alerts()[0]?.text ?? '', /cannot be matched.*timed out/)
  })

  it('says when nothing fits and there is no way for that', async () => {
    const which: SmallWidget = ['split-based-on', { input: 'a' }, { 'match equal_to b': null }]
    const execution = await run(local, await publish(local, { which }))
    assert.equal((await execution.fetch()).status, 'ended')
    assert.deepEqual(codes(), [81005])
  })
})
