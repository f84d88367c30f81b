export {
  AddressConfiguration,
  Configuration,
  Service,
  ServiceConfiguration,
  ServiceWebhooks,
  Webhooks,
} from './resources.ts'
