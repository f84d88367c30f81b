import assert from 'node:assert/strict'
import type { ResourceState } from '../../../../local/engine/index.ts'
import { integrityProblem } from '../../../../local/engine/state/integrity.ts'
import { createSnapshot } from '../../../../local/engine/state/snapshot.ts'

const urnOf = (name: string) => `urn:pulumi:s::p::t:m:R::${name}`

function resource(name: string, dependencies: string[] = []): ResourceState {
  return {
    urn: urnOf(name),
    custom: true,
    type: 't:m:R',
    inputs: {},
    id: name,
    dependencies: dependencies.map(urnOf),
  }
}

const names = (states: readonly ResourceState[]) =>
  states.map(({ urn }) => urn.split('::').at(-1)).join(' ')

describe('createSnapshot', () => {
  it('lists finished states in finishing order, then the rest of the base', () => {
    const snapshot = createSnapshot([resource('a'), resource('b'), resource('c')])
    snapshot.apply({ kind: 'same', handle: 2 })
    snapshot.apply({ kind: 'put', state: resource('new') })
    snapshot.apply({ kind: 'put', state: resource('a'), replaces: 0 })
    assert.equal(names(snapshot.resources()), 'c new a b')
  })

  it('keeps a replaced resource, condemned, after all others', () => {
    const snapshot = createSnapshot([resource('a')])
    snapshot.apply({ kind: 'put', state: resource('a'), condemns: 0 })
    const [, old] = snapshot.resources()
    assert.equal(old?.delete, true)
    assert.equal(integrityProblem(snapshot.resources()), undefined)
  })

  it('rewrites every reference to a renamed resource', () => {
    const snapshot = createSnapshot([resource('old'), resource('user', ['old'])])
    snapshot.apply({ kind: 'put', state: resource('new'), replaces: 0, renamed: urnOf('old') })
    assert.deepEqual(snapshot.resources()[1]?.dependencies, [urnOf('new')])
  })

  it('names operations that began and did not end', () => {
    const snapshot = createSnapshot([])
    const begin = { kind: 'begin', type: 'creating' } as const
    snapshot.apply({ ...begin, operation: 1, resource: resource('a') })
    snapshot.apply({ ...begin, operation: 2, resource: resource('b') })
    snapshot.apply({ kind: 'put', state: resource('a'), operation: 1 })
    assert.equal(names(snapshot.underWay().map((operation) => operation.resource)), 'b')
  })
})

describe('integrityProblem', () => {
  it('finds a reference to what is not listed before', () => {
    const problem = integrityProblem([resource('b', ['a']), resource('a')])
    assert.match(problem ?? '', /::b refers in dependencies to .*::a, which is not listed before/)
  })

  it('finds a resource that is listed twice', () => {
    assert.match(integrityProblem([resource('a'), resource('a')]) ?? '', /listed twice/)
    assert.equal(integrityProblem([resource('a'), { ...resource('a'), delete: true }]), undefined)
  })

  it('finds a component with an id', () => {
    assert.match(integrityProblem([{ ...resource('a'), custom: false }]) ?? '', /has an id/)
  })
})
