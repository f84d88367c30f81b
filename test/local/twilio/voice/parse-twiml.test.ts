import assert from 'node:assert/strict'
import { parseTwiml, TwimlError } from '../../../../local/twilio/voice/twiml/index.ts'
import { response } from './centre.ts'

describe('parseTwiml', () => {
  it('reads verbs as plain data with their defaults', () => {
    const { verbs, warnings } = parseTwiml(
      response('<Say>Hello  <break/>there</Say><Play loop="2">a.mp3</Play><Pause/><Hangup/>'),
    )
    assert.deepEqual(verbs, [
      { kind: 'Say', text: 'Hello there', loop: 1 },
      { kind: 'Play', url: 'a.mp3', loop: 2, digits: null },
      { kind: 'Pause', lengthSeconds: 1 },
      { kind: 'Hangup' },
    ])
    assert.deepEqual(warnings, [])
  })

  it('reads a gather with what it says', () => {
    const [gather] = parseTwiml(
      response(
        '<Gather input="dtmf speech" numDigits="4" finishOnKey="" speechTimeout="auto"><Say>Code</Say></Gather>',
      ),
    ).verbs
    assert.deepEqual(gather, {
      kind: 'Gather',
      action: null,
      method: 'POST',
      dtmf: true,
      speech: true,
      timeoutSeconds: 5,
      numDigits: 4,
      finishOnKey: '',
      speechTimeoutSeconds: 1,
      actionOnEmptyResult: false,
      partialResult: null,
      prompts: [{ kind: 'Say', text: 'Code', loop: 1 }],
    })
  })

  it('keeps the attributes of a task as they were written', () => {
    const [enqueue] = parseTwiml(
      response(
        '<Enqueue workflowSid="WW1"><Task priority="5" timeout="200">{"a":  "b  c"}</Task></Enqueue>',
      ),
    ).verbs
    assert.equal(enqueue?.kind, 'Enqueue')
    assert.deepEqual(enqueue.task, {
      attributes: '{"a":  "b  c"}',
      priority: 5,
      timeoutSeconds: 200,
    })
  })

  it('reads the nouns of a dial in order, national numbers as those of North America', () => {
    const [dial] = parseTwiml(
      response(
        '<Dial><Number>(415) 555-0100</Number><Client><Identity>bob</Identity><Parameter name="a" value="1"/></Client><Sip>sip:x@example.com</Sip></Dial>',
      ),
    ).verbs
    assert.equal(dial?.kind, 'Dial')
    assert.deepEqual(
      dial.nouns.map((noun) =>
        noun.kind === 'Number' || noun.kind === 'Client' || noun.kind === 'Sip'
          ? [noun.kind, noun.address, noun.parameters]
          : [],
      ),
      [
        ['Number', '+14155550100', {}],
        ['Client', 'client:bob', { a: '1' }],
        ['Sip', 'sip:x@example.com', {}],
      ],
    )
  })

  it('refuses what is not well-formed, or no Response', () => {
    for (const text of [
      '<Response><Say>a</Response>',
      '<Twiml/>',
      '',
      'Hello',
      '<Response/><Response/>',
    ]) {
      assert.throws(() => parseTwiml(text), TwimlError)
    }
  })

  it('skips unknown verbs, attributes and nesting with warning 12200', () => {
    const { verbs, warnings } = parseTwiml(
      response(
        '<say>no</say><Say Voice="x">yes</Say><Gather><Redirect>/x</Redirect></Gather><Pay/>',
      ),
    )
    assert.deepEqual(
      verbs.map(({ kind }) => kind),
      ['Say', 'Gather'],
    )
    assert.deepEqual(
      warnings.map(({ code }) => code),
      [12200, 12200, 12200, 12200],
    )
    assert.match(warnings[0]?.text ?? '', /'Say' is meant/)
  })

  it('uses the default for a value that is none, with a warning of the 13xxx codes', () => {
    const { verbs, warnings } = parseTwiml(response('<Gather timeout="soon" numDigits="0"/>'))
    assert.equal(verbs[0]?.kind === 'Gather' && verbs[0].timeoutSeconds, 5)
    assert.deepEqual(
      warnings.map(({ code }) => code),
      [13313, 13314],
    )
  })
})
