import assert from 'node:assert/strict'
import { branchLabel, branchWords } from '../../../provider/studio/branch-words.ts'

const ask = (type: string, value: string, text = '{{widgets.greeting.Digits}}') =>
  branchWords([{ type, value, arguments: [text] }])

describe('branchWords', () => {
  it('says what callers press, say and write', () => {
    assert.equal(ask('equal_to', '1'), 'keypress 1')
    assert.equal(ask('matches_any_of', '1, 2,3'), 'keypress 1 or 2 or 3')
    assert.equal(ask('not_equal_to', '1'), 'keypress other than 1')
    assert.equal(ask('is_blank', ' '), 'no keypress')
    const speech = '{{ widgets.ask.SpeechResult | downcase }}'
    assert.equal(ask('contains', 'pay my bill', speech), 'speech containing “pay my bill”')
    assert.equal(ask('starts_with', 'y', '{{widgets.ask.inbound.Body}}'), 'reply beginning with y')
    assert.equal(ask('regex', '^h.*', '{{trigger.message.Body}}'), 'message matching ^h.*')
  })

  it('names everything else by its path', () => {
    assert.equal(ask('equal_to', 'es', '{{flow.variables.lang}}'), 'flow.variables.lang = es')
    assert.equal(ask('less_than', '9', '{{flow.variables.n}}'), 'flow.variables.n below 9')
    assert.equal(ask('is_not_blank', '', '{{a.b}}'), 'a.b not blank')
    assert.equal(ask('equal_to', '1', `{% if a %}${'x'.repeat(80)}{% endif %}`), 'input = 1')
  })

  it('joins what has to hold together', () => {
    const conditions = [
      { type: 'greater_than', value: '8', arguments: ['{{a.hour}}'] },
      { type: 'less_than', value: '18', arguments: ['{{a.hour}}'] },
    ]
    assert.equal(branchWords(conditions), 'a.hour above 8 and a.hour below 18')
    assert.equal(branchWords(undefined), 'match')
  })
})

describe('branchLabel', () => {
  it('is what people called a branch', () => {
    assert.equal(branchLabel([{ friendly_name: 'VIP' }, {}]), 'VIP')
    assert.equal(branchLabel([{}]), undefined)
  })
})
