// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these letters are what it is about.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import {
  checkFlowSource,
  describeFlowProblem,
  fitted,
  referencePieces,
  replaceReferences,
  withoutReferences,
} from '../../../routing/index.ts'
import type { FlowDefinition } from '../../../schemas/index.ts'
import { greetingFlow } from '../../provider/studio/greeting-flow.ts'

/** The text with that value in place of its references, each as its place wants it. */
const filled = (text: string, value: string) =>
  referencePieces(text)
    .map((piece) => {
      if (typeof piece === 'string') return piece
      return piece.reference ? fitted(value, piece.reference) : piece.text
    })
    .join('')

/** The flow with another greeting. */
const saying = (say: string): FlowDefinition => {
  const flow: FlowDefinition = greetingFlow()
  const states = flow.states.map((state) =>
    state.name === 'greeting' ? { ...state, properties: { say } } : state,
  )
  return { ...flow, states }
}

describe('referencePieces', () => {
  it('parts a text at its references', () => {
    assert.deepEqual(referencePieces(`Dial \${number.main} now`), [
      'Dial ',
      {
        text: `\${number.main}`,
        reference: { kind: 'number', name: 'main', within: 'text' },
      },
      ' now',
    ])
  })

  it('takes a dollar before Liquid for a dollar', () => {
    assert.deepEqual(referencePieces('You owe ${{flow.variables.amount}}.'), [
      'You owe ${{flow.variables.amount}}.',
    ])
  })

  it('takes $${ for the letters', () => {
    assert.equal(
      filled('`$${workflow.calls}` is a reference', 'WW1'),
      '`${workflow.calls}` is a reference',
    )
    assert.equal(filled('$$${workflow.calls}', 'WW1'), '$${workflow.calls}')
  })

  it('lets any text be written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', 'a', '.', '"') }), (text) => {
        assert.equal(filled(withoutReferences(text), 'WW1'), text)
      }),
    )
  })
})

describe('fitted', () => {
  const setting = `\${setting.welcome}`
  const said = 'Say "hello" & more \\ 1+1'

  it('escapes what stands in a text of JSON, so that it stays JSON', () => {
    const body = filled(`{"a": "${setting}", "b": {{trigger | to_json}}, "c": "x${setting}"}`, said)
    assert.deepEqual(JSON.parse(body.replace('{{trigger | to_json}}', '0')), {
      a: said,
      b: 0,
      c: `x${said}`,
    })
  })

  it('leaves numbers and objects of JSON as they are', () => {
    assert.equal(filled(`{"ttl": ${setting}}`, '30'), '{"ttl": 30}')
  })

  it('encodes what stands in the query of an address, not the address itself', () => {
    const { searchParams } = new URL(filled(`https://crm.example/find?text=${setting}`, said))
    assert.equal(searchParams.get('text'), said)
    assert.equal(filled(`https://crm.example/${setting}`, 'a/b'), 'https://crm.example/a/b')
    const ours = `\${function.waitMusic}?number=\${number.main}`
    assert.equal(filled(ours, '+12025550100'), '+12025550100?number=%2B12025550100')
  })

  it('leaves what is said as it is', () => {
    assert.equal(filled(`${setting} Is that you? ${setting}`, said), `${said} Is that you? ${said}`)
    assert.equal(
      filled(`{% if x == "${setting}" %}yes{% endif %}`, said),
      `{% if x == "${said}" %}yes{% endif %}`,
    )
  })

  it('takes any value in JSON and back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\u0001', 'ü', '💡', '{', '$') }),
        (value) => {
          assert.deepEqual(JSON.parse(filled(`{"a":"${setting}"}`, value)), { a: value })
        },
      ),
    )
  })
})

describe('replaceReferences', () => {
  it('writes the letters that stand for themselves', () => {
    const { states } = replaceReferences(saying('costs $${x}, ${{flow.variables.x}}'), () => '')
    assert.equal(states[1]?.properties['say'], 'costs ${x}, ${{flow.variables.x}}')
  })
})

describe('checkFlowSource', () => {
  const remedies = (say: string) =>
    checkFlowSource(saying(say))
      .filter(({ severity }) => severity === 'error')
      .map(describeFlowProblem)

  it('takes dollars before Liquid, and letters that are marked as such', () => {
    assert.deepEqual(remedies('costs ${{flow.variables.x}}, $${anything}'), [])
  })

  it('tells what may have been meant by what is no reference, and how to write the letters', () => {
    assert.deepEqual(remedies(`\${worklow.calls}`), [
      'greeting: “${worklow.calls}” is no reference; did you mean ${workflow.calls}? For the letters themselves write $${worklow.calls}',
    ])
    assert.match(
      remedies(`\${name}`)[0] ?? '',
      /of these kinds: workflow, queue,.*write \$\$\{name\}$/,
    )
  })
})
