import { resourceClass } from '../program/resource-class.ts'
import { type ConfigurationInputs, configuration } from './configuration.ts'

/** `flexInstanceSid` is the SID of Flex itself, `GO…`. */
type OfAccount = { readonly accountSid: string; readonly flexInstanceSid: string }

/** The account's one configuration of Flex: what is named here is merged into it, and everything else is left alone. */
export class Configuration extends resourceClass<ConfigurationInputs, OfAccount>(configuration) {}
