import { upCentre } from '../../provider/engine/centre.ts'
import { startEngine } from '../../provider/engine/engine.ts'
import { assertRoundTrip } from './assert-round-trip.ts'
import { startAccount } from './exported-project.ts'

describe('exportAccount of a centre with every resource type', () => {
  it('round-trips all of them', async () => {
    const account = await startAccount()
    const provider = await startEngine(account.url)
    try {
      await upCentre(provider)
      const project = await account.export(account.engine())
      const secrets = project.secrets.map((key) => [`${project.project}:${key}`, 'unknown'])
      await assertRoundTrip(account, project, Object.fromEntries(secrets))
    } finally {
      provider.close()
      await account.close()
    }
  })
})
