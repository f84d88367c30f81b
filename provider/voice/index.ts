import { resourceClass } from '../program/resource-class.ts'
import { type ApplicationInputs, application } from './application.ts'

/** A TwiML application: a set of webhooks that numbers and client devices refer to. */
export class Application extends resourceClass<ApplicationInputs>(application) {}
