import * as pulumi from '@pulumi/pulumi'
import { checkCentre, describeFinding, type Finding } from '../routing/index.ts'
import type { CentreDeclaration } from '../schemas/index.ts'

/** A centre that would not work as declared. The message lists everything that is wrong with it. */
export class CentreRefused extends pulumi.RunError {
  readonly code = 'centre-refused'
  readonly findings: readonly Finding[]

  constructor(findings: readonly Finding[]) {
    super(
      [
        `The centre is refused; ${findings.length} to mend before anything is registered:`,
        ...findings.map(describeFinding),
      ].join('\n\n'),
    )
    this.findings = findings
  }
}

/**
 * Hands the declaration back when nothing is wrong with it as a whole. Warnings are logged; errors stop the program, all of them at
 * once. With `strict`, a queue that no worker matches is an error.
 */
export function checkedCentre<const Declaration extends CentreDeclaration>(
  declaration: Declaration,
  { strict = false }: { readonly strict?: boolean | undefined } = {},
): Declaration {
  const findings = checkCentre(declaration, { strict })
  const errors = findings.filter(({ severity }) => severity === 'error')
  for (const finding of findings) {
    // TieredWorkflow gives the warning about reservation timeouts itself, for programs that use it alone.
    if (finding.severity === 'warning' && finding.rule !== 'reservation-timeout') {
      void pulumi.log.warn(describeFinding(finding))
    }
  }
  if (errors.length > 0) throw new CentreRefused(errors)
  return declaration
}
