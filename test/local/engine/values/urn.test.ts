import assert from 'node:assert/strict'
import { createUrn, parseProviderReference, parseUrn } from '../../../../local/engine/values/urn.ts'

describe('createUrn', () => {
  const names = { stack: 's', project: 'p', name: 'n' }

  it('puts the types of the ancestors before the own one', () => {
    const parentUrn = createUrn({ ...names, type: 'a:b:C' })
    const urn = createUrn({ ...names, parentUrn, type: 'd:e:F' })
    assert.equal(urn, 'urn:pulumi:s::p::a:b:C$d:e:F::n')
  })

  it('leaves the stack out of the type', () => {
    const parentUrn = createUrn({ ...names, type: 'pulumi:pulumi:Stack' })
    assert.equal(createUrn({ ...names, parentUrn, type: 'd:e:F' }), 'urn:pulumi:s::p::d:e:F::n')
  })
})

describe('parseUrn', () => {
  it('keeps separators that belong to the name', () => {
    const parts = parseUrn('urn:pulumi:s::p::a:b:C$d:e:F::x::y')
    assert.deepEqual(parts, {
      stack: 's',
      project: 'p',
      qualifiedType: 'a:b:C$d:e:F',
      type: 'd:e:F',
      name: 'x::y',
    })
  })
})

describe('parseProviderReference', () => {
  it('separates the URN from the id', () => {
    const urn = 'urn:pulumi:s::p::pulumi:providers:t::default'
    assert.deepEqual(parseProviderReference(`${urn}::id-1`), { urn, id: 'id-1' })
  })

  it('refuses anything else', () => {
    assert.throws(() => parseProviderReference('id-1'), /not a reference/)
  })
})
