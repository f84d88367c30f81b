import assert from 'node:assert/strict'
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createJournal, journalFolder } from '../../../provider/creation/creation-journal.ts'

const urn = 'urn:pulumi:dev::p::twilio:taskrouter:TaskQueue::spanish'
const path = '/v1/Workspaces/WS1/TaskQueues'
const since = new Date().toISOString()
const entry = { urn, path, since, declared: { friendlyName: 'abc' } }

describe('createJournal', () => {
  let folder: string
  let warnings: string[]
  const tell = async (message: string) => void warnings.push(message)
  const opened = () => createJournal(join(folder, 'AC1'), tell)
  const files = () => readdirSync(join(folder, 'AC1'))

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'journal-'))
    warnings = []
  })

  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('leads the next process to a creation without an answer, and to one with it', async () => {
    const journal = opened()
    await journal.begin(entry)
    const { process: _, ...rest } = (await opened().open(urn, path)) ?? { process: undefined }
    assert.deepEqual(rest, entry)
    await journal.made(urn, path, 'WQ1')
    assert.equal((await opened().open(urn, path))?.id, 'WQ1')
    assert.equal(await opened().open(urn, '/v1/Workspaces/WS2/TaskQueues'), undefined)
  })

  it('keeps an entry until the engine names the object', async () => {
    const journal = opened()
    await journal.begin(entry)
    await journal.made(urn, path, 'WQ1')
    const next = opened()
    next.settle('WQ2')
    assert.ok(await next.open(urn, path))
    next.settle('WQ1')
    assert.equal(await next.open(urn, path), undefined)
    const later = opened()
    later.settle('WQ1')
    assert.equal(await later.open(urn, path), undefined)
  })

  it('forgets a creation that came to nothing', async () => {
    const journal = opened()
    await journal.begin(entry)
    await journal.drop(urn, path)
    assert.deepEqual(files(), [])
  })

  it('lets creations begin in the order in which they were asked for', async () => {
    const journal = opened()
    const order: number[] = []
    const numbers = Array.from({ length: 40 }, (_, i) => i)
    await Promise.all(
      numbers.map(async (i) => {
        const declared = { friendlyName: 'x'.repeat(100_000 - i * 2_000) }
        await journal.begin({ ...entry, urn: `${urn}-${i}`, declared })
        order.push(i)
      }),
    )
    assert.deepEqual(order, numbers)
  })

  it('knows whose object another one is', async () => {
    const journal = opened()
    await journal.begin(entry)
    await journal.made(urn, path, 'WQ1')
    assert.equal(journal.isOthers('WQ1', urn), false)
    assert.equal(journal.isOthers('WQ1', `${urn}-2`), true)
  })

  it('lets entries of last month go', async () => {
    await opened().begin({ ...entry, since: '2020-01-01T00:00:00.000Z' })
    assert.equal(await opened().open(urn, path), undefined)
    assert.deepEqual(files(), [])
  })

  it('takes no notice of a file that was cut short, and warns of a damaged one', async () => {
    await opened().begin(entry)
    const [name = ''] = files()
    const file = join(folder, 'AC1', name)
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, `${whole}{"id":"W`)
    const found = await opened().open(urn, path)
    assert.ok(found && found.id === undefined)
    writeFileSync(file, whole.slice(0, 40))
    assert.equal(await opened().open(urn, path), undefined)
    assert.deepEqual(warnings, [])
    for (const damaged of ['{"version":1}\n', 'no entry\n']) {
      writeFileSync(file, damaged)
      assert.equal(await opened().open(urn, path), undefined)
      assert.match(warnings.at(-1) ?? '', /\.damaged: .*look in the account/)
      assert.ok(existsSync(`${file}.damaged`))
    }
  })

  it('does without where nothing can be written', async () => {
    if (process.getuid?.() === 0) {
      writeFileSync(join(folder, 'AC1'), 'a file in the place of the folder')
    } else chmodSync(folder, 0o500)
    const journal = opened()
    await journal.begin(entry)
    await journal.made(urn, path, 'WQ1')
    await journal.drop(urn, path)
    chmodSync(folder, 0o700)
    assert.deepEqual(warnings, [])
  })
})

describe('journalFolder', () => {
  const account = { accountSid: 'AC1', username: 'AC1', password: '' }

  it('is below Pulumi’s home, one for each account and region', () => {
    assert.equal(journalFolder({ HOME: '/h' }, account), '/h/.pulumi/twilio-creations/AC1')
    assert.equal(journalFolder({ PULUMI_HOME: '/p' }, account), '/p/twilio-creations/AC1')
    const place = { edge: 'dublin', region: 'ie1' }
    assert.equal(
      journalFolder({ HOME: '/h' }, { ...account, place }),
      '/h/.pulumi/twilio-creations/AC1.ie1',
    )
  })

  it('is where TWILIO_CREATIONS_DIR says, and nowhere if that is empty', () => {
    assert.equal(journalFolder({ HOME: '/h', TWILIO_CREATIONS_DIR: '/c' }, account), '/c/AC1')
    assert.equal(journalFolder({ HOME: '/h', TWILIO_CREATIONS_DIR: '' }, account), undefined)
    assert.equal(journalFolder({}, account), undefined)
  })

  it('is nowhere by itself for what stands in for Twilio', () => {
    const local = { ...account, baseUrl: 'http://127.0.0.1:1' }
    assert.equal(journalFolder({ HOME: '/h' }, local), undefined)
    assert.equal(journalFolder({ TWILIO_CREATIONS_DIR: '/c' }, local), '/c/AC1')
  })
})
