import assert from 'node:assert/strict'
import {
  type OperationResult,
  type ResourceState,
  renderPlan,
  type StepResult,
  toJson,
} from '../../../../local/engine/index.ts'
import { secret, unknownValue } from '../../../../local/engine/values/property-value.ts'

const stackUrn = 'urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev'
const root: ResourceState = {
  urn: stackUrn,
  custom: false,
  type: 'pulumi:pulumi:Stack',
  inputs: {},
}

function state(name: string, inputs: ResourceState['inputs'], id?: string): ResourceState {
  const type = 'twilio:taskrouter:Workspace'
  return {
    urn: `urn:pulumi:dev::p::${type}::${name}`,
    custom: true,
    type,
    inputs,
    id,
    parent: stackUrn,
  }
}

function result(...steps: readonly Omit<StepResult, 'durationMs' | 'urn'>[]): OperationResult {
  const all = [{ op: 'same', old: root, new: root } as const, ...steps].map((step) => ({
    ...step,
    urn: (step.new ?? step.old)?.urn ?? '',
    durationMs: 1,
  }))
  return {
    kind: 'preview',
    stack: 'dev',
    project: 'p',
    ok: true,
    canceled: false,
    steps: all,
    diagnostics: [],
    summary: { same: 1, update: 1 },
    outputs: {},
    config: {},
    durationMs: 1,
  }
}

const plain = { color: false }

describe('renderPlan', () => {
  it('shows a nested diff by name, padded, below the parent', () => {
    const old = state('a', { friendlyName: 'A', tags: { l: [1, 2] } }, 'WS1')
    const next = state('a', { friendlyName: 'B', tags: { l: [1, 3] } })
    const text = renderPlan(result({ op: 'update', old, new: next }), plain)
    assert.deepEqual(text.split('\n'), [
      '    pulumi:pulumi:Stack p-dev',
      '      ~ twilio:taskrouter:Workspace a (update)',
      '            [id=WS1]',
      '          ~ friendlyName: "A" => "B"',
      '          ~ tags        : {',
      '              ~ l: [',
      '                    [0]: 1',
      '                  ~ [1]: 2 => 3',
      '                ]',
      '            }',
      'Resources:',
      '    ~  1 to update',
      '    1 unchanged',
    ])
  })

  it('compares elements that have names by name', () => {
    const filter = (name: string, target: string) => ({ filter_friendly_name: name, target })
    const old = state('a', { filters: [filter('en', 'x'), filter('es', 'y')] })
    const next = state('a', { filters: [filter('new', 'n'), filter('en', 'x'), filter('es', 'z')] })
    const text = renderPlan(result({ op: 'update', old, new: next }), plain)
    assert.match(text, /\+ \["new"\]: \{/)
    assert.match(text, /~ \["es"\][^\n]*\n *~ target: "y" => "z"/)
    assert.doesNotMatch(text, /\["en"\]/)
  })

  it('shows only the places that the provider names, tiers in their order', () => {
    const tiers = (timeout: string) => ({
      'tier 10': { timeout },
      'tier 2': { timeout },
      queue: 'x',
    })
    const old = state('a', { routing: { Billing: { position: 1, ...tiers('30 s') } } })
    const next = state('a', { routing: { Billing: { position: 2, ...tiers('60 s') } } })
    const at = { kind: 'update', inputDiff: true } as const
    const detailedDiff = {
      'routing.Billing["tier 10"].timeout': at,
      'routing.Billing["tier 2"].timeout': at,
    }
    const text = renderPlan(result({ op: 'update', old, new: next, detailedDiff }), plain)
    assert.deepEqual(text.split('\n').slice(2, -2), [
      '          ~ routing: {',
      '              ~ Billing: {',
      '                  ~ tier 2 : {',
      '                      ~ timeout: "30 s" => "60 s"',
      '                    }',
      '                  ~ tier 10: {',
      '                      ~ timeout: "30 s" => "60 s"',
      '                    }',
      '                }',
      '            }',
      'Resources:',
    ])
  })

  it('shows a secret as changed though the place inside it is out of sight', () => {
    const old = state('a', { routing: secret({ Billing: 1 }) })
    const next = state('a', { routing: secret({ Billing: 2 }) })
    const detailedDiff = { 'routing.Billing': { kind: 'update', inputDiff: true } } as const
    const text = renderPlan(result({ op: 'update', old, new: next, detailedDiff }), plain)
    assert.match(text, /~ routing: \[secret\] => \[secret\]/)
  })

  it('puts what a provider says of a resource above its diff, and the rest below', () => {
    const old = state('a', { x: 1 })
    const next = state('a', { x: 2 })
    const { urn } = next
    const about = { severity: 'info', urn } as const
    const text = renderPlan(
      {
        ...result(
          { op: 'refresh', refreshed: 'update', old, new: next },
          { op: 'update', old, new: next },
        ),
        diagnostics: [
          { ...about, message: 'drift', afterSteps: 1 },
          { ...about, message: 'plan', afterSteps: 2 },
          { ...about, message: 'later', afterSteps: 3 },
          { severity: 'warning', urn, message: 'careful' },
        ],
      },
      plain,
    )
    const lines = text.split('\n').map((line) => line.trim())
    const told = ['• drift', '• plan', '~ x: 1 => 2', 'info: twilio:taskrouter:Workspace a: later']
    assert.deepEqual(
      lines.filter((line) => told.includes(line)),
      ['• drift', '~ x: 1 => 2', '• plan', '~ x: 1 => 2', told[3]],
    )
    assert.ok(lines.includes('warning: twilio:taskrouter:Workspace a: careful'))
  })

  it('shows what is unknown and what is secret as such', () => {
    const old = state('a', { sid: 'x', token: secret('one') })
    const next = state('a', { sid: unknownValue, token: secret('two') })
    const text = renderPlan(result({ op: 'update', old, new: next }), plain)
    assert.match(text, /~ sid {2}: "x" => \[unknown\]/)
    assert.match(text, /~ token: \[secret\] => \[secret\]/)
    assert.doesNotMatch(text, /one|two/)
  })

  it('does not show what a state had in clear and is a secret now', () => {
    const old = state('a', { url: 'https://user:one@h', list: [{ url: 'https://user:one@h' }] })
    const hidden = secret('https://user:two@h')
    const next = state('a', { url: hidden, list: [{ url: hidden }] })
    const text = renderPlan(result({ op: 'update', old, new: next }), plain)
    assert.match(text, /~ url +: \[secret\] => \[secret\]/)
    assert.doesNotMatch(text, /one|two/)
  })

  it('shows a replacement once and marks the property that causes it', () => {
    const old = state('a', { kind: 1, name: 'x' }, 'WS1')
    const next = state('a', { kind: 2, name: 'x' })
    const about = { old, new: next, replaceKeys: ['kind'] }
    const text = renderPlan(
      result(
        { op: 'create-replacement', ...about },
        { op: 'replace', ...about },
        {
          op: 'delete-replaced',
          old,
        },
      ),
      plain,
    )
    assert.equal(text.match(/Workspace a/g)?.length, 1)
    assert.match(text, /\+- twilio:taskrouter:Workspace a \(replace\)/)
    assert.match(text, /\+-kind: 1 => 2/)
  })

  it('has no colours unless asked for', () => {
    const next = state('a', { x: 1 })
    const escapeCode = String.fromCharCode(27)
    assert.ok(!renderPlan(result({ op: 'create', new: next }), plain).includes(escapeCode))
    assert.ok(renderPlan(result({ op: 'create', new: next }), { color: true }).includes(escapeCode))
  })
})

describe('toJson', () => {
  it('lists the stack and what changes, with secrets masked', () => {
    const old = state('a', { token: secret('one') })
    const next = state('a', { token: secret('two') })
    const detailedDiff = { token: { kind: 'update', inputDiff: true } } as const
    const json = JSON.parse(
      JSON.stringify(
        toJson(
          result({ op: 'same', old, new: old }, { op: 'update', old, new: next, detailedDiff }),
        ),
      ),
    )
    assert.deepEqual(
      json.steps.map(({ op }: { op: string }) => op),
      ['same', 'update'],
    )
    assert.deepEqual(json.steps[1].newState.inputs, { token: '[secret]' })
    assert.deepEqual(json.steps[1].detailedDiff, detailedDiff)
    assert.deepEqual(json.changeSummary, { same: 1, update: 1 })
  })
})
