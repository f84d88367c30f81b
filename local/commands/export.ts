import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type ExportedProject, exportAccount, readIgnoreList } from '../adopt/index.ts'
import { demoAccount } from '../demo-account.ts'
import { Failure } from '../failure.ts'
import { projectDir } from '../paths.ts'
import { accountFlags, accountHelp, missingStateHint, openAccount } from './account.ts'
import { type Command, parseFlags } from './command.ts'
import { ignoreFile, readIgnoreFile } from './ignore-file.ts'
import { readRecorded } from './recorded.ts'

const help = `npm run export -- [flags]

Writes what is in the account as a Pulumi program in TypeScript, with an import file. Imported, the program
changes nothing: its preview is empty. What the stack manages already is left out, and looked up by name
where something refers to it. Secrets are not written: the program asks for them, and names them.

${accountHelp}
      --out <dir>         where to write (default exported; a folder that is not empty needs --force)
      --all               also what the stack manages already
      --state <file>      instead of the embedded engine’s: what “pulumi stack export” wrote
      --ignore <file>     what is left out (default ${ignoreFile}; see npm run inventory -- --help)
      --force             write over what an earlier export left`

/** `npm run export`: the account as a program. */
export const exportCommand: Command = {
  help,
  async run(args) {
    const { values } = parseFlags('export', args, {
      ...accountFlags,
      out: { type: 'string', default: 'exported' },
      all: { type: 'boolean', default: false },
      state: { type: 'string' },
      ignore: { type: 'string' },
      force: { type: 'boolean', default: false },
    })
    const out = resolve(values.out)
    if (!values.force && existsSync(out) && readdirSync(out).length > 0) {
      throw new Failure(
        'not-empty',
        `${out} is not empty.`,
        'Name another folder with --out, or write over it with --force.',
      )
    }
    const ignoreList = readIgnoreList(...(await readIgnoreFile(values.ignore)))
    const recorded = values.state === undefined ? undefined : await readRecorded(values.state)
    const account = await openAccount('export', values)
    const stack = account.local ? 'local' : (values.stack ?? 'dev')
    const project = await account.engine.survey('twilio', (survey) => {
      const hint = missingStateHint(account, survey.resources, values.state)
      if (hint) console.error(hint)
      return exportAccount(survey, {
        all: values.all,
        ignoreList,
        recorded: recorded ?? (account.managed ? survey.resources : []),
        accountSid: account.accountSid,
        stack,
        providerPath: relative(out, join(projectDir, 'provider')),
        takenProjects: ['switchboard'],
        // The demo account's token is no secret: it opens nothing but the local Twilio.
        config: account.local ? { 'twilio:authToken': demoAccount.authToken } : {},
        dependencies: isInside(out)
          ? {}
          : {
              '@pulumi/pulumi': '3.260.0',
              '@pulumi/twilio': `file:${join(projectDir, 'provider')}`,
            },
      })
    })
    if (project.declared === 0) {
      console.log([`There is nothing to export.`, ...leftOut(project)].join('\n'))
      return 0
    }
    for (const [path, text] of project.files) {
      await mkdir(dirname(join(out, path)), { recursive: true })
      await writeFile(join(out, path), text)
    }
    console.log(report(project, out, stack))
    return 0
  },
}

function report(project: ExportedProject, out: string, stack: string): string {
  const { declared, lookedUp, secrets, kept, unlisted, files } = project
  const near = relative('.', out) || '.'
  const place = near.startsWith('..') ? out : near
  const flags = `--project ${place}${stack === 'local' ? '' : ` -s ${stack}`}`
  const blocks = [
    `Wrote ${declared} resources to ${place} (${[...files.keys()].join(', ')})${lookedUp > 0 ? `; ${lookedUp} more are looked up by name` : ''}.`,
  ]
  blocks.push(...leftOut(project))
  if (secrets.length > 0) {
    const lines = secrets.map((key) => `  pulumi config set --secret ${project.project}:${key}`)
    blocks.push(
      [
        'Secrets are not written out. In that folder, set:',
        ...lines,
        `or write them below config: in ${join(place, `Pulumi.${stack}.yaml`)}, in the clear, in a file that you keep to yourself.`,
      ].join('\n'),
    )
  }
  if (kept.length > 0) {
    const lines = kept.map(({ sid, by }) => `  ${sid} in ${by}`)
    blocks.push(['SIDs of what this provider does not manage, or a circle:', ...lines].join('\n'))
  }
  if (unlisted.length > 0) blocks.push(['Not looked at:', ...unlisted].join('\n  '))
  if (!isInside(out)) blocks.push(`Before the first use: npm install --prefix ${place}`)
  blocks.push(
    `Next, with the embedded engine:\n  npm run import -- ${join(place, 'import.json')} ${flags}\n  npm run preview -- ${flags}\nor with the Pulumi CLI, in ${place}:\n  pulumi import --file import.json --stack ${stack} --generate-code=false\n  pulumi preview --stack ${stack}`,
  )
  return blocks.join('\n\n')
}

function leftOut({ managed, ignored }: ExportedProject): readonly string[] {
  const left = [
    managed > 0 ? `${managed} that the stack manages already (--all exports them too)` : '',
    ignored > 0 ? `${ignored} that the ignore list names` : '',
  ].filter(Boolean)
  return left.length > 0 ? [`Left out: ${left.join(', ')}.`] : []
}

// Below this project, its packages are found.
function isInside(out: string): boolean {
  return out.startsWith(`${projectDir}/`)
}
