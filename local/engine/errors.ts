/** What the embedded engine refuses or cannot do. Every message says what failed, on what, and what to do. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A part of Pulumi's protocol that this engine does not speak. */
export class Unsupported extends EngineError {
  override readonly name = 'Unsupported'
  /** The part, in Pulumi's words. */
  readonly feature: string

  constructor(feature: string) {
    super(
      'unsupported',
      `the embedded engine does not support ${feature}; run this program with the Pulumi CLI (npm run pulumi -- up)`,
    )
    this.feature = feature
  }
}

/** A project or stack file that cannot be used. */
export class ProjectError extends EngineError {
  override readonly name = 'ProjectError'
  readonly file: string

  constructor(file: string, message: string, options?: ErrorOptions) {
    super('project', `${file}: ${message}`, options)
    this.file = file
  }
}

/** A checkpoint or journal that is not loaded. The file is left as it is. */
export class CheckpointRefused extends EngineError {
  override readonly name = 'CheckpointRefused'
  readonly file: string
  readonly reason: string
  readonly remedy: string

  constructor(file: string, reason: string, remedy: string, options?: ErrorOptions) {
    super(
      'checkpoint-refused',
      `${file} was not loaded and is left untouched: ${reason}. ${remedy}`,
      options,
    )
    this.file = file
    this.reason = reason
    this.remedy = remedy
  }
}

/** The passphrase does not open the stack's secrets. */
export class WrongPassphrase extends EngineError {
  override readonly name = 'WrongPassphrase'

  constructor(where: string, options?: ErrorOptions) {
    super(
      'wrong-passphrase',
      `${where}: incorrect passphrase; set PULUMI_CONFIG_PASSPHRASE (or PULUMI_CONFIG_PASSPHRASE_FILE) to the one the stack was made with`,
      options,
    )
  }
}

/** Somebody else is working on the stack. */
export class StackLocked extends EngineError {
  override readonly name = 'StackLocked'
  readonly files: readonly string[]

  constructor(files: readonly string[], holders: readonly string[]) {
    super(
      'stack-locked',
      `the stack is currently locked by ${files.length} lock(s). Either wait for the other process(es) to end or, if they are gone, delete the lock file${files.length > 1 ? 's' : ''}:\n${files.map((file, i) => `  ${file}: ${holders[i] ?? 'unreadable'}`).join('\n')}`,
    )
    this.files = files
  }
}

/** A provider that could not be found, started, or spoken to. */
export class ProviderUnavailable extends EngineError {
  override readonly name = 'ProviderUnavailable'
  readonly package: string

  constructor(packageName: string, message: string, options?: ErrorOptions) {
    super('provider-unavailable', `provider ${packageName}: ${message}`, options)
    this.package = packageName
  }
}

/** A resource that cannot be registered, planned or changed as asked. */
export class ResourceError extends EngineError {
  override readonly name: string = 'ResourceError'
  readonly urn: string

  constructor(urn: string, message: string, options?: ErrorOptions) {
    super('resource', message, options)
    this.urn = urn
  }
}
