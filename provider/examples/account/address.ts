import * as twilio from '@pulumi/twilio'

// Where emergency calls from the clinic's number come from.
export const { sid } = new twilio.account.Address('address-clinic', {
  friendlyName: 'Clinic, second floor',
  customerName: 'Harbour Clinic',
  street: '1 Quay Road',
  streetSecondary: 'Floor 2',
  city: 'Boston',
  region: 'MA',
  postalCode: '02110',
  isoCountry: 'US',
  emergencyEnabled: true,
})
