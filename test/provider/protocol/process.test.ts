import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type pluginProto from '@pulumi/pulumi/proto/plugin_pb.js'
import type { CallResponse } from '@pulumi/pulumi/proto/provider_pb.js'
import providerProto from '@pulumi/pulumi/proto/provider_pb.js'
import emptyProto from 'google-protobuf/google/protobuf/empty_pb.js'
import { startProvider } from '../engine/provider-process.ts'

type PluginInfo = InstanceType<typeof pluginProto.PluginInfo>

describe('the executable of the provider', () => {
  it('ends by itself when interrupted, and prints nothing but its port', async () => {
    const provider = await startProvider()
    const ended = await provider.close()
    assert.equal(ended.signal, 'SIGINT')
    assert.equal(provider.printed(), '')
  })

  it('leaves when its engine was killed before it looked for it', async () => {
    const executable = path.join(import.meta.dirname, '../../../provider/pulumi-resource-twilio')
    // Nobody listens at port 1.
    const child = spawn(executable, ['127.0.0.1:1'], { stdio: 'ignore' })
    const [code] = await once(child, 'exit')
    assert.equal(code, 0)
  })

  it('goes on in the project’s Node when started by an older one, and ends with it', async function () {
    const older = olderNode()
    if (older === undefined) this.skip()
    const provider = await startProvider({ PATH: older })
    assert.equal(await version(provider), '0.1.0')
    assert.equal((await provider.close()).signal, 'SIGINT')
  })

  it('has the version of its package', async () => {
    const provider = await startProvider()
    const file = path.join(import.meta.dirname, '../../../provider/package.json')
    assert.equal(await version(provider), JSON.parse(readFileSync(file, 'utf8')).version)
    await provider.close()
  })

  it('refuses what it does not have by name', async () => {
    const provider = await startProvider()
    const request = new providerProto.CallRequest().setTok('twilio:taskrouter:Workspace/pause')
    await assert.rejects(
      provider.call<CallResponse>((client, done) => client.call(request, done)),
      /UNIMPLEMENTED: .*Call of twilio:taskrouter:Workspace\/pause/,
    )
    await provider.close()
  })

  it('says that it was not configured, and which type was probably meant', async () => {
    const provider = await startProvider()
    const create = (type: string) =>
      provider.call((client, done) =>
        client.create(new providerProto.CreateRequest().setType(type), done),
      )
    await assert.rejects(create('twilio:taskrouter:Workspace'), /Configure comes before/)
    await assert.rejects(
      create('twilio:taskrouter:Workplace'),
      /did you mean twilio:taskrouter:Workspace\?/,
    )
    await provider.close()
  })
})

async function version(provider: Awaited<ReturnType<typeof startProvider>>): Promise<string> {
  const info = await provider.call<PluginInfo>((client, done) =>
    client.getPluginInfo(new emptyProto.Empty(), done),
  )
  return info.getVersion()
}

/** A PATH on which `node` is too old for the provider; undefined when this machine has none. */
function olderNode(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter)
  return folders.find((folder) => {
    try {
      const text = execFileSync(path.join(folder, 'node'), ['--version'], { encoding: 'utf8' })
      return Number(/^v(\d+)/.exec(text)?.[1]) < 24
    } catch {
      return false
    }
  })
}
