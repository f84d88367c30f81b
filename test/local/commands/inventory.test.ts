import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingStateHint } from '../../../local/commands/account.ts'
import { exportCommand } from '../../../local/commands/export.ts'
import { inventoryCommand } from '../../../local/commands/inventory.ts'
import { demoAccount } from '../../../local/demo-account.ts'
import { type Account, startAccount } from '../adopt/exported-project.ts'

describe('the commands that look at an account', () => {
  let account: Account
  let dir = ''
  let flags: readonly string[] = []
  before(async () => {
    account = await startAccount()
    dir = mkdtempSync(join(tmpdir(), 'commands-'))
    const { accountSid, authToken } = demoAccount
    flags = ['--account', accountSid, '--auth-token', authToken, '--base-url', account.url]
    await account.sdk.taskrouter.v1.workspaces.create({ friendlyName: 'Support' })
  })
  after(async () => {
    rmSync(dir, { recursive: true, force: true })
    await account.close()
  })

  it('inventory lists what no stack has, as text and as JSON', async () => {
    const text = await printed(() => inventoryCommand.run(flags))
    assert.match(text, /pulumi import twilio:taskrouter:Workspace support WS/)
    assert.match(text, /1 object is in the account and not in any stack/)
    const { unmanaged } = JSON.parse(
      await printed(() => inventoryCommand.run([...flags, '--json'])),
    )
    assert.deepEqual([unmanaged.length, unmanaged[0].name], [1, 'Support'])
  })

  it('inventory counts what an exported stack records as managed', async () => {
    const [workspace] = await account.sdk.taskrouter.v1.workspaces.list()
    const file = join(dir, 'stack.json')
    const urn = 'urn:pulumi:prod::p::twilio:taskrouter:Workspace::support'
    const resources = [{ urn, type: 'twilio:taskrouter:Workspace', id: workspace?.sid }]
    writeFileSync(file, JSON.stringify({ version: 3, deployment: { resources } }))
    const text = await printed(() => inventoryCommand.run([...flags, '--state', file]))
    assert.match(text, /0 objects are in the account and not in .*stack\.json; 1 are in both/)
  })

  it('tells where to get the state of a stack that the embedded engine does not keep', () => {
    const hint = (name: string, recorded: readonly unknown[], file?: string) =>
      missingStateHint({ name, managed: true }, recorded, file)
    assert.match(hint('prod', []) ?? '', /pulumi stack export --stack prod .* --state stack\.json/)
    assert.equal(hint('prod', [{}]), undefined)
    assert.equal(hint('prod', [], 'stack.json'), undefined)
    assert.equal(hint('local', []), undefined)
  })

  it('export writes a project with everything but the credentials, once', async () => {
    const out = join(dir, 'out')
    const text = await printed(() => exportCommand.run([...flags, '--out', out]))
    assert.match(text, /Wrote 1 resources? to /)
    assert.match(text, /npm run import -- .*import\.json --project .* -s dev/)
    for (const file of [
      'index.ts',
      'Pulumi.yaml',
      'Pulumi.dev.yaml',
      'package.json',
      'import.json',
    ]) {
      assert.ok(existsSync(join(out, file)), file)
      assert.ok(!readFileSync(join(out, file), 'utf8').includes(demoAccount.authToken), file)
    }
    await assert.rejects(
      exportCommand.run([...flags, '--out', out]),
      /out is not empty\.\nName another folder with --out/,
    )
  })

  it('say what is wrong with an account, credentials or files', async () => {
    await assert.rejects(inventoryCommand.run(['--account', 'mine']), /must be “local” or the SID/)
    await assert.rejects(
      inventoryCommand.run([...flags, '--auth-token', 'wrong']),
      /Twilio does not accept the credentials/,
    )
    await assert.rejects(
      inventoryCommand.run([...flags, '--state', join(dir, 'none.json')]),
      /none\.json can’t be read: .*\nWrite it with: pulumi stack export/,
    )
    await assert.rejects(
      inventoryCommand.run([...flags, '--ignore', join(dir, 'none')]),
      /none can’t be read/,
    )
  })
})

async function printed(run: () => Promise<number>): Promise<string> {
  const lines: string[] = []
  const { log } = console
  console.log = (line: string) => void lines.push(line)
  try {
    assert.equal(await run(), 0)
  } finally {
    console.log = log
  }
  return lines.join('\n')
}
