import assert from 'node:assert/strict'
import { createTestClock } from '../../../../../local/clock.ts'
import { createTemplates } from '../../../../../local/twilio/studio/execution/liquid.ts'

const noon = Date.UTC(2026, 6, 1, 12, 30)

describe('createTemplates', () => {
  const clock = createTestClock(noon)
  const fill = (text: string, values = {}) => createTemplates(clock).fill(text, values)

  it('fills in values by dot, bracket and index, hyphens in names included', () => {
    const values = { widgets: { 'get-agent': { parsed: { names: ['Ada', 'Alan'] } } } }
    assert.equal(fill('Hi {{widgets.get-agent.parsed.names[1]}}!', values), 'Hi Alan!')
    assert.equal(fill('{{ widgets["get-agent"].parsed.names | first }}', values), 'Ada')
  })

  it('shows what is not there as nothing, and a text without a template as it stands', () => {
    assert.equal(fill('a{{flow.variables.gone}}b'), 'ab')
    assert.equal(fill('100 % {plain}'), '100 % {plain}')
  })

  it('embeds objects as JSON', () => {
    assert.equal(fill('{{ trigger | to_json }}', { trigger: { a: '"' } }), '{"a":"\\""}')
    assert.equal(fill('{{ gone | to_json }}'), 'null')
    assert.equal(fill('{{ trigger }}', { trigger: { a: 1 } }), '{"a":1}')
  })

  it('does sums on texts, and divides whole numbers into whole numbers', () => {
    assert.equal(fill('{{ n | plus: 1 }}', { n: '4' }), '5')
    assert.equal(fill('{{ 7 | divided_by: 2 }}'), '3')
    assert.equal(fill('{{ 7.5 | divided_by: 2 }}'), '3.75')
  })

  it('tells the clock’s time as it is in Los Angeles, or in another zone', () => {
    assert.equal(fill("{{ 'now' | date: '%Y-%m-%d %H:%M' }}"), '2026-07-01 05:30')
    assert.equal(
      createTemplates(clock, 'Europe/Berlin').fill("{{'now' | date: '%H%M'}}", {}),
      '1430',
    )
    const inAnHour = "{{ 'now' | date: '%s' | plus: 3600 | date: '%H:%M' }}"
    assert.equal(fill(inAnHour), '06:30')
  })

  it('goes round a loop fifteen times at most, nested loops too', () => {
    assert.equal(fill('{% for i in (1..40) %}x{% endfor %}'), 'x'.repeat(15))
    const skipping = '{% for i in (1..40) %}{% if i < 10 %}{% continue %}{% endif %}x{% endfor %}'
    assert.equal(fill(skipping), 'x'.repeat(6))
    const nested = '{% for i in (1..3) %}{% for k in (1..40) %}x{% endfor %}{% endfor %}'
    assert.equal(fill(nested), 'x'.repeat(45))
  })

  it('refuses what is not closed, not known, or not Studio’s', () => {
    for (const text of [
      '{{ a',
      '{% if a %}b',
      '{{ a | shout }}',
      '{% dance %}',
      "{% include 'x' %}",
      '{{ a | jsonify }}',
      '{{ a + 1 }}',
      '{{ größe }}',
    ]) {
      assert.throws(() => fill(text, { a: 1 }), { name: 'TemplateError' }, text)
    }
  })

  it('refuses an index beyond the end of a list, and shows an empty entry as nothing', () => {
    const values = { list: ['a', null], none: [], i: 5 }
    for (const text of [
      '{{ list[2] }}',
      '{{ list[i] }}',
      '{{ list[-3] }}',
      '{{ none[0].name }}',
      '{% if list[7] %}x{% endif %}',
      "{% assign parts = 'a,b' | split: ',' %}{{ parts[2] }}",
    ]) {
      assert.throws(() => fill(text, values), /cannot be filled in: .*beyond/, text)
    }
    assert.equal(fill('{{ list[0] }}{{ list[1] }}{{ list[-2] }}{{ none | first }}', values), 'aa')
    assert.equal(fill('{{ gone[3] }}{{ list.size }}', values), '2')
  })

  it('refuses a result of more than 16 kB, and work without an end', () => {
    assert.equal(fill('{{ a }}', { a: 'x'.repeat(16_384) }).length, 16_384)
    assert.throws(() => fill('{{ a }}', { a: 'x'.repeat(16_385) }), /16385 bytes/)
    assert.throws(() => fill('{% for i in (1..900000000) %}x{% endfor %}'), /cannot be filled in/)
  })

  it('does not show what belongs to the language', () => {
    assert.equal(fill('{{ a.constructor }}{{ a.__proto__ }}', { a: {} }), '')
  })
})
