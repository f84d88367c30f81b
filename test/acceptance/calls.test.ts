import { startCentre } from '../support/centre.ts'
import { describeCalls } from './describe-calls.ts'

describeCalls('a call', () => startCentre())
