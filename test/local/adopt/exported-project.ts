import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import twilio from 'twilio'
import { createRequestClient } from '../../../functions/twilio-client.ts'
import { type ExportedProject, exportAccount, readIgnoreList } from '../../../local/adopt/index.ts'
import { createTestClock } from '../../../local/clock.ts'
import { demoAccount, localPassphrase } from '../../../local/demo-account.ts'
import { createEngine, type Engine } from '../../../local/engine/index.ts'
import { createTwilio, serveTwilio } from '../../../local/twilio/index.ts'

const root = resolve(import.meta.dirname, '../../..')

/** A local Twilio with the official SDK, and engines that deploy to it. */
export type Account = {
  readonly url: string
  readonly sdk: twilio.Twilio
  /** An engine of the project in a folder, this one's by default. */
  engine(projectDir?: string, config?: Readonly<Record<string, string>>): Engine
  /** Exports what an engine's stack does not have, or everything. */
  export(engine: Engine, all?: boolean): Promise<ExportedProject>
  /** Writes an exported project into a fresh folder. */
  write(project: ExportedProject): string
  close(): Promise<void>
}

/** Starts one; every folder that it makes goes with it. */
export async function startAccount(): Promise<Account> {
  const { accountSid, authToken } = demoAccount
  const local = createTwilio({ clock: createTestClock(), accountSid, authToken })
  const server = await serveTwilio({ twilio: local, port: 0 })
  const folders: string[] = []
  const folder = (prefix: string) => {
    const dir = mkdtempSync(join(tmpdir(), prefix))
    folders.push(dir)
    return dir
  }
  return {
    url: server.url,
    sdk: twilio(accountSid, authToken, { httpClient: createRequestClient(server.url) }),
    engine: (projectDir = root, config = {}) =>
      createEngine({
        projectDir,
        stack: 'local',
        stateDir: folder('adopt-state-'),
        passphrase: localPassphrase,
        config: {
          'twilio:baseUrl': server.url,
          'twilio:accountSid': accountSid,
          'twilio:authToken': { value: authToken, secret: true },
          ...config,
        },
      }),
    export: (engine, all = false) =>
      engine.survey('twilio', (survey) =>
        exportAccount(survey, {
          all,
          ignoreList: readIgnoreList('', 'none'),
          recorded: survey.resources,
          accountSid,
          stack: 'local',
          providerPath: join(root, 'provider'),
          takenProjects: ['switchboard'],
          config: {},
          dependencies: {},
        }),
      ),
    write(project) {
      const dir = folder('adopt-')
      symlinkSync(join(root, 'node_modules'), join(dir, 'node_modules'))
      for (const [path, text] of project.files) {
        mkdirSync(dirname(join(dir, path)), { recursive: true })
        writeFileSync(join(dir, path), text)
      }
      return dir
    },
    async close() {
      local.close()
      await server.close()
      for (const dir of folders) rmSync(dir, { recursive: true, force: true })
    },
  }
}
