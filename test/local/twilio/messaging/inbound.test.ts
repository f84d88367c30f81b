import assert from 'node:assert/strict'
import { type LocalTwilio, refused, startLocalTwilio } from '../../../support/local-twilio.ts'
import { startWebhookTarget, type WebhookTarget } from '../../../support/webhook-target.ts'

const CUSTOMER = '+12025550999'

describe('Inbound messages', () => {
  let local: LocalTwilio
  let target: WebhookTarget
  let number: string
  let numberSid: string
  const codes = () => local.twilio.alerts().map(({ code }) => code)
  const inbox = () => local.twilio.phones.inbox(CUSTOMER).map(({ body }) => body)
  const text = async (body: string, mediaUrls: readonly string[] = []) => {
    const sid = local.twilio.phones.text({ from: CUSTOMER, to: number, body, mediaUrls })
    await local.clock.advance(20_000)
    return sid
  }
  const answer = (verbs: string) => {
    target.reply = ({ path }) =>
      path === '/sms' ? { text: `<Response>${verbs}</Response>`, type: 'text/xml' } : {}
  }
  const paths = () => target.delivered.map(({ path }) => path)

  beforeEach(async () => {
    local = await startLocalTwilio()
    target = await startWebhookTarget()
    const bought = await local.client.incomingPhoneNumbers.create({
      areaCode: '202',
      smsUrl: `${target.origin}/sms`,
    })
    number = bought.phoneNumber
    numberSid = bought.sid
  })
  afterEach(async () => {
    await local.close()
    await target.close()
  })

  it('reach the number’s smsUrl with Twilio’s fields', async () => {
    const sid = await text('Hi there', ['https://example.com/cat.png'])
    const { method, headers, form } = target.delivered[0] ?? assert.fail('no webhook')
    assert.equal(method, 'POST')
    assert.ok(headers['x-twilio-signature'])
    assert.deepEqual(
      { ...form },
      {
        AccountSid: form['AccountSid'],
        ApiVersion: '2010-04-01',
        Body: 'Hi there',
        From: CUSTOMER,
        FromCity: '',
        FromCountry: 'US',
        FromState: '',
        FromZip: '',
        MediaContentType0: 'image/png',
        MediaUrl0: 'https://example.com/cat.png',
        MessageSid: sid,
        NumMedia: '1',
        NumSegments: '1',
        SmsMessageSid: sid,
        SmsSid: sid,
        SmsStatus: 'received',
        To: number,
        ToCity: '',
        ToCountry: 'US',
        ToState: '',
        ToZip: '',
      },
    )
    const { direction, status } = await local.client.messages(sid).fetch()
    assert.deepEqual([direction, status], ['inbound', 'received'])
  })

  it('are answered by TwiML: messages, in order', async () => {
    answer(
      '<Message>One</Message><Message><Body>Two</Body><Media>https://example.com/a.gif</Media></Message>',
    )
    const sid = await text('Hi')
    assert.deepEqual(inbox(), ['One', 'Two'])
    const [newest] = await local.client.messages.list({ to: CUSTOMER })
    assert.deepEqual([newest?.direction, newest?.numMedia], ['outbound-reply', '1'])
    assert.match(sid, /^SM/)
  })

  it('are answered by plain text, too', async () => {
    target.reply = () => ({ text: 'Plain words' })
    await text('Hi')
    assert.deepEqual(inbox(), ['Plain words'])
  })

  it('follow redirects and actions, relative to where they stand', async () => {
    const documents: Record<string, string> = {
      '/sms': '<Message action="after">One</Message><Message>never</Message>',
      '/after': '<Redirect method="GET">/last</Redirect>',
      '/last': '<Message>Two</Message><Shout/>',
    }
    target.reply = ({ path }) => ({
      text: `<Response>${documents[path.split('?')[0] ?? ''] ?? ''}</Response>`,
      type: 'text/xml',
    })
    await text('Hi')
    assert.deepEqual(inbox(), ['One', 'Two'])
    assert.equal(target.delivered[1]?.form['MessageStatus'], 'queued')
    assert.deepEqual(codes(), [12200])
  })

  it('go to the fallback when the application fails', async () => {
    await local.client
      .incomingPhoneNumbers(numberSid)
      .update({ smsFallbackUrl: `${target.origin}/fallback` })
    target.reply = ({ path }) =>
      path === '/sms'
        ? { status: 500 }
        : { text: '<Response><Message>Sorry</Message></Response>', type: 'text/xml' }
    await text('Hi')
    assert.deepEqual(inbox(), ['Sorry'])
    const { form } = target.delivered[1] ?? assert.fail('no fallback')
    assert.deepEqual([form['ErrorCode'], form['ErrorUrl']], ['11200', `${target.origin}/sms`])
    assert.deepEqual(codes(), [11200])
  })

  it('go to the fallback also when a redirect of the application fails', async () => {
    const smsFallbackUrl = `${target.origin}/fallback`
    await local.client.incomingPhoneNumbers(numberSid).update({ smsFallbackUrl })
    target.reply = ({ path }) =>
      path === '/sms'
        ? { text: '<Response><Redirect>/gone</Redirect></Response>', type: 'text/xml' }
        : { status: path === '/gone' ? 404 : 200 }
    await text('Hi')
    assert.deepEqual(paths(), ['/sms', '/gone', '/fallback'])
    const { form } = target.delivered.at(-1) ?? assert.fail('no webhook')
    assert.deepEqual([form['ErrorCode'], form['ErrorUrl']], ['11200', `${target.origin}/gone`])
  })

  it('go to the messaging service, unless it leaves them to the number', async () => {
    const service = await local.client.messaging.v1.services.create({
      friendlyName: 'Reminders',
      inboundRequestUrl: `${target.origin}/service`,
    })
    await local.client.messaging.v1
      .services(service.sid)
      .phoneNumbers.create({ phoneNumberSid: numberSid })
    await text('Hi')
    assert.equal(target.delivered[0]?.form['MessagingServiceSid'], service.sid)
    await local.client.messaging.v1
      .services(service.sid)
      .update({ useInboundWebhookOnNumber: true })
    await text('Hi')
    assert.deepEqual(paths(), ['/service', '/sms'])
  })

  it('go to the number’s application', async () => {
    const { sid } = await local.client.applications.create({ smsUrl: `${target.origin}/app` })
    await local.client.incomingPhoneNumbers(numberSid).update({ smsApplicationSid: sid })
    await text('Hi')
    assert.deepEqual(paths(), ['/app'])
  })

  it('STOP ends messages to that contact until START, with Twilio’s own answers', async () => {
    const send = () => local.client.messages.create({ from: number, to: CUSTOMER, body: 'News' })
    await text(' stop ')
    await assert.rejects(send(), refused(400, 21610, /unsubscribed/))
    answer('<Message>Never seen</Message>')
    await text('Hi')
    assert.deepEqual(codes(), [21610])
    answer('')
    await text('START')
    await send()
    await text('help')
    assert.deepEqual(
      inbox().map((body) => body.slice(0, 29)),
      [
        'You have successfully been un',
        'You have successfully been re',
        'News',
        'Reply STOP to unsubscribe. Ms',
      ],
    )
    await text('Yes')
    assert.equal(inbox().length, 4)
  })

  it('from one number of the account to another come in there', async () => {
    const other = await local.client.incomingPhoneNumbers.create({
      areaCode: '202',
      smsUrl: `${target.origin}/other`,
    })
    await local.client.messages.create({ from: number, to: other.phoneNumber, body: 'Hi' })
    await local.clock.advance(1_000)
    assert.deepEqual(
      [target.delivered[0]?.path, target.delivered[0]?.form['From']],
      ['/other', number],
    )
  })

  it('of two numbers that answer each other come to an end', async () => {
    target.reply = () => ({ text: 'Again' })
    const other = await local.client.incomingPhoneNumbers.create({
      areaCode: '202',
      smsUrl: `${target.origin}/sms`,
    })
    await local.client.messages.create({ from: number, to: other.phoneNumber, body: 'Hi' })
    await local.clock.advance(120_000)
    assert.ok(codes().includes(14107))
  })

  it('show where they go, and whether anything answers them', async () => {
    const story: string[] = []
    local.twilio.subscribe(({ kind, text }) => void (kind === 'message' && story.push(text)))
    await local.client.incomingPhoneNumbers(numberSid).update({ smsUrl: '' })
    await text('Hi')
    local.twilio.phones.setProfile({ address: CUSTOMER, texts: 'landline' })
    await local.client.messages.create({ from: number, to: CUSTOMER, body: 'Hi' })
    await local.clock.advance(1_000)
    assert.deepEqual(story, [
      `${CUSTOMER} texts ${number}`,
      `nothing answers texts to ${number}: it has no smsUrl`,
      `a text from ${number} to ${CUSTOMER} is undelivered: Landline or unreachable carrier (30006)`,
    ])
  })

  it('are refused on a number that nobody has', () => {
    assert.throws(
      () => local.twilio.phones.text({ from: CUSTOMER, to: '+12025550111', body: 'Hi' }),
      /no number of this account/,
    )
  })
})
