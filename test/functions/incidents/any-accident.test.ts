import assert from 'node:assert/strict'
import { person } from './hunting.ts'
import { type Accident, createSimulation, type Weather } from './simulation.ts'

const clear: Weather = {
  ...{ crashes: 0, lost: 0, unanswered: 0, duplicates: 0, lostEvents: 0, conflicts: 0 },
}
const id = 'a'.repeat(32)
const rules = {
  roster: { agent_list: [person('Ada'), person('Ben')], escalation_list: [person('Mia')] },
}

describe('a hunt for an incident', () => {
  it('S3.14, S3.20 goes as it would whichever of its steps a process dies at', () =>
    everywhere('death'))

  it('S3.14, S3.20 goes as it would whichever request is not answered', () =>
    everywhere('unanswered'))

  it('goes as it would whichever write of the storage is not answered', () =>
    everywhere('conflict'))
})

/** The same hunt again and again: Ada passes on, Ben escalates, Mia accepts; each time the accident comes a step later. */
async function everywhere(kind: Accident['kind']): Promise<void> {
  const undisturbed = await hunt({ kind, at: 0 })
  assert(undisturbed.occasions > 10, `${undisturbed.occasions} occasions`)
  for (let at = 1; at <= undisturbed.occasions; at++) {
    const { story } = await hunt({ kind, at })
    assert.deepEqual(story, undisturbed.story, `${kind} at occasion ${at}`)
  }
}

async function hunt(accident: Accident) {
  // Chance is left out.
  const outcomes = ['next', 'escalate', 'accepted']
  const world = createSimulation(() => 0.5, clear, rules, { outcomes, accident })
  world.incidents.set(id, { state: '1', assigned_to: '', journal: '' })
  world.start(id)
  for (let i = 0; i < 2_000; i++) if (!(await world.goOn())) break
  world.later(600_000, world.sweep)
  for (let i = 0; i < 2_000; i++) if (!(await world.goOn())) break
  const { state, journal = '' } = world.incidents.get(id) ?? {}
  const row = world.hunt(id)
  return {
    occasions: world.occasionsFor(accident.kind),
    story: {
      problems: world.problems,
      calls: world.executions.map(({ contact, outcome }) => [contact, outcome]),
      hunt: [row?.state, row?.closed, row?.attempts.map(({ outcome }) => outcome)],
      state,
      notes: journal.replace(/, called at.*UTC/g, '').replace(/ \[.*\]/g, ''),
      listed: world.listed(),
    },
  }
}
