import Mocha from 'mocha'

/** Mocha's `spec` with a closing line that says how many passed and how many failed. */
class SpecWithClosingLine extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options)
    // Registered after spec's own, which prints the failures in full.
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures } = this.stats
      Mocha.reporters.Base.consoleLog(`${passes} passed, ${failures} failed`)
    })
  }
}

// Mocha `require`s its reporter; this is the name under which `require` takes an ES module’s one value.
export { SpecWithClosingLine as 'module.exports' }
