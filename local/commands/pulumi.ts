import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, constants } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { Failure } from '../failure.ts'
import { projectDir } from '../paths.ts'
import type { Command } from './command.ts'

const help = `npm run pulumi -- <arguments of pulumi>

Runs the real Pulumi CLI in this project with the Node that the program needs on its PATH.

  npm run pulumi -- preview --stack dev
  npm run pulumi -- up --stack prod`

/** `npm run pulumi`: the real CLI, with the right Node. */
export const pulumiCommand: Command = {
  help,
  async run(args) {
    // npm puts its own folders first, which hold wrappers but no pulumi; this process's Node goes before all of them.
    const path = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
    if (!(await isOnPath('pulumi', path))) {
      throw new Failure(
        'no-pulumi',
        'The Pulumi CLI is not on the PATH.',
        'Install it from https://www.pulumi.com/docs/install/ – the stack “local” needs none: npm start',
      )
    }
    const cli = spawn('pulumi', args, {
      cwd: projectDir,
      stdio: 'inherit',
      env: { ...process.env, PATH: path },
    })
    // Ctrl-C reaches the CLI too, which ends in its own order.
    process.on('SIGINT', () => {})
    const [code] = await once(cli, 'exit')
    return typeof code === 'number' ? code : 1
  },
}

async function isOnPath(program: string, path: string): Promise<boolean> {
  const folders = path.split(delimiter).filter(Boolean)
  const found = await Promise.all(
    folders.map((folder) =>
      access(join(folder, program), constants.X_OK).then(
        () => true,
        () => false,
      ),
    ),
  )
  return found.includes(true)
}
