import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { flowNamed } from '../../infra/flow-files.ts'
import { FlowRefused } from '../../infra/flow-refused.ts'
import * as built from '../../studio-flows/index.ts'
import { greetingFlow } from '../provider/studio/greeting-flow.ts'

describe('flowNamed', () => {
  let from: string
  beforeEach(() => {
    from = mkdtempSync(path.join(tmpdir(), 'flows-'))
  })
  afterEach(() => rmSync(from, { recursive: true }))

  const written = (definition: unknown) => {
    const text = typeof definition === 'string' ? definition : JSON.stringify(definition)
    writeFileSync(path.join(from, 'night.json'), text)
    return () => flowNamed('night', { from })
  }

  it('takes every flow that is built, without a warning', () => {
    const { warn } = console
    const warnings: string[] = []
    console.warn = (text: string) => warnings.push(text)
    try {
      for (const flow of Object.values<built.Flow>(built)) {
        assert.deepEqual(flowNamed(flow.name), flow)
      }
    } finally {
      console.warn = warn
    }
    assert.deepEqual(warnings, [])
  })

  it('takes what the editor exports', () => {
    assert.deepEqual(written(greetingFlow())(), { name: 'night', definition: greetingFlow() })
  })

  it('tells file, widget, property and remedy of what is wrong', () => {
    const flow = greetingFlow()
    const states = flow.states.map((state) =>
      state.name === 'greeting' ? { ...state, properties: { say: 'Hello', loop: '2' } } : state,
    )
    assert.throws(written({ ...flow, states }), (error) => {
      assert.ok(error instanceof FlowRefused)
      assert.match(error.message, /^The flow \S+night\.json is refused:\n\nwidget greeting, /)
      assert.match(error.message, /states\[1\]\.properties\.loop: must be integer/)
      return true
    })
  })

  it('wants references, SIDs or templates where the account has SIDs', () => {
    const flow = greetingFlow()
    const states = [
      ...flow.states.filter(({ name }) => name !== 'sales'),
      {
        name: 'sales',
        type: 'enqueue-call',
        transitions: [],
        properties: { workflow_sid: 'calls' },
      },
    ]
    assert.throws(
      written({ ...flow, states }),
      /widget sales, states\[4\]\.properties\.workflow_sid: must match pattern .*\n {2}→ a workflow: \$\{workflow\.name\}, or WW and 32 hex digits/,
    )
  })

  it('tells what is no JSON, and what there is none of', () => {
    assert.throws(written('{'), /night\.json is not JSON: .*Export the flow again/)
    assert.throws(
      () => flowNamed('day', { from }),
      /There is no flow day: .*There are: .*incoming, night$/,
    )
  })
})
