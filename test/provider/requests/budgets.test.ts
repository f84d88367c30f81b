import assert from 'node:assert/strict'
import { createBudgets } from '../../../provider/requests/budgets.ts'

describe('createBudgets', () => {
  const host = 'taskrouter.twilio.com'
  const workers = '/v1/Workspaces/WS11111111111111111111111111111111/Workers'

  it('says at which rate it goes on, and not at every refusal', () => {
    const lines: string[] = []
    const budgets = createBudgets(undefined, (line) => lines.push(line))
    const request = { method: 'POST', host, path: workers }
    const budget = budgets.of(request)
    for (let i = 0; i < 5; i++) {
      budget.refused(1000)
      budgets.tell(request, budget)
    }
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /about 20 requests a second .*Workspaces\/\*\/Workers/)
  })

  it('has one budget for a collection and its objects, and others for reads and elsewhere', () => {
    const budgets = createBudgets(undefined)
    const of = (method: string, path: string) => budgets.of({ method, host, path })
    assert.equal(of('POST', workers), of('DELETE', `${workers}/WK11111111111111111111111111111111`))
    assert.notEqual(of('POST', workers), of('GET', workers))
    assert.notEqual(of('POST', workers), of('POST', workers.replace('Workers', 'TaskQueues')))
  })
})
