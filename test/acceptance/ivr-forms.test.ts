import assert from 'node:assert/strict'
import fc from 'fast-check'
import { startCentre, type TestCentre } from '../support/centre.ts'
import { copyProject, type ProjectCopy } from '../support/project-copy.ts'
import { createMainLine, seconds } from './main-line.ts'

/** What a caller does, one after the other. */
type Step = { readonly wait: number } | { readonly press: string } | { readonly hangUp: true }

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ press: fc.constantFrom('1', '2', '9', '*', '#', '21') }) },
    { weight: 3, arbitrary: fc.record({ wait: fc.constantFrom(2, 3, 6) }) },
    { weight: 1, arbitrary: fc.constant({ hangUp: true } as const) },
  ),
  { maxLength: 5 },
)

const workers = '  switchboard:workers:'
const byFunctions = '  switchboard:ivr: functions'
const byFlow = '  switchboard:ivr: studio'
const closed = { timeZone: 'Europe/Madrid', open: [], closedPrompt: 'We are closed.' }
const atNight = `  switchboard:hours: ${JSON.stringify(closed)}\n${workers}`

describe('switchboard:ivr', () => {
  let project: ProjectCopy
  let centre: TestCentre
  const line = createMainLine(() => centre)

  before(async () => {
    project = await copyProject()
    centre = await startCentre({ projectDir: project.dir })
  })
  after(async () => {
    await centre?.stop()
    await project?.remove()
  })
  beforeEach(() => line.reset())
  afterEach(() => line.clear())

  async function configure(from: string, to: string): Promise<void> {
    await project.edit('Pulumi.local.yaml', from, to)
    await centre.deploy()
  }

  /** Who answered since then. */
  const answeredSince = (from: number) =>
    centre.story.slice(from).some((text) => text.includes('TwiML /incoming-call'))
      ? 'functions'
      : 'studio'

  async function answers(): Promise<string> {
    const from = centre.story.length
    await line.hangUp(await line.ring())
    return answeredSince(from)
  }

  /** What a caller meets who does these: the tasks that come of it, and how the call stands in the end. */
  async function meets(script: readonly Step[]): Promise<unknown> {
    const from = centre.story.length
    const callSid = await line.ring()
    for (const step of script) {
      if (line.call(callSid)?.endedAt !== null) break
      if ('wait' in step) await centre.clock.advance(seconds(step.wait))
      else if ('press' in step) await line.press(callSid, step.press)
      else await line.hangUp(callSid)
    }
    // Through the last silence of the menu.
    await centre.clock.advance(seconds(6))
    const task = centre.twilio
      .view()
      .tasks.find(({ attributes }) => attributes['call_sid'] === callSid)
    const met = {
      language: task?.attributes['selected_language'],
      status: line.call(callSid)?.status,
      tasks: centre.story.slice(from).filter((text) => /^task \S+ is created/.test(text)).length,
    }
    await line.hangUp(callSid)
    return met
  }

  it('has the same come of whatever callers do, and each change reach the next call', async () => {
    line.letAllRing()
    const scripts = fc.sample(steps, { numRuns: 8, seed: 6 })
    assert.equal(await answers(), 'functions')
    const met = []
    for (const script of scripts) met.push(await meets(script))

    const talking = await line.ring()
    await configure(workers, `${byFlow}\n${workers}`)
    await line.press(talking, '1')
    assert.equal(line.task()?.attributes['selected_language'], 'es', 'goes on as it began')
    await line.hangUp(talking)
    assert.equal(await answers(), 'studio')
    for (const [i, script] of scripts.entries()) {
      assert.deepEqual(await meets(script), met[i], JSON.stringify(script))
    }

    const inFlow = await line.ring()
    await configure(byFlow, byFunctions)
    await line.press(inFlow, '1')
    assert.equal(line.task()?.attributes['selected_language'], 'es', 'goes on as it began')
    await line.hangUp(inFlow)
    assert.equal(await answers(), 'functions')
  })

  it('has callers outside the hours hear so in either form, and be done', async () => {
    const night = async () => {
      const from = centre.story.length
      const callSid = await line.ring()
      assert.ok(centre.story.slice(from).some((text) => text.endsWith('hears: We are closed.')))
      assert.equal(line.call(callSid)?.status, 'completed')
      assert.equal(line.task(), undefined)
      return answeredSince(from)
    }
    await configure(workers, atNight)
    assert.equal(await night(), 'functions')
    await configure(byFunctions, byFlow)
    assert.equal(await night(), 'studio')
  })
})
