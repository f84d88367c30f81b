import type { Context } from '../context.ts'
import type { Collection } from '../objects/collection.ts'
import { isoDates, missing, newStored, type Stored } from '../objects/stored.ts'
import { pageV1 } from '../rest/paging.ts'
import { badRequest, conflict } from '../rest/refusal.ts'
import { type Call, created, noContent, ok, pathPart } from '../rest/route.ts'
import { limitText } from '../rest/text-limit.ts'
import {
  type AutoCreation,
  autoCreationBody,
  noAutoCreation,
  readAutoCreation,
  type Targets,
} from './auto-creation.ts'
import { BASE } from './base.ts'

const types = ['sms', 'whatsapp', 'messenger', 'gbm', 'email', 'rcs', 'apple', 'chat'] as const

/** An address that people write to, as stored. */
export type AddressConfigurationRow = Stored & {
  readonly type: (typeof types)[number]
  readonly address: string
  readonly friendlyName: string | null
  readonly addressCountry: string | null
  readonly autoCreation: AutoCreation
}

/** `/Configuration/Addresses`; `{Sid}` may be the address itself. What a number has goes with the number (warning 50610). */
export function createAddressConfigurations(
  context: Context,
  rows: Collection<AddressConfigurationRow>,
  targets: Targets,
) {
  const body = (row: AddressConfigurationRow) => addressBody(row, context.accountSid)
  const all = () => {
    for (const row of [...rows.values()]) {
      if (isNumber(row) && !targets.hasNumber(row.address)) rows.delete(row.sid)
    }
    return rows
  }
  const found = (call: Call) => {
    const name = pathPart(call, 'Sid')
    const row = all().get(name) ?? rows.byName(name)
    if (!row) throw missing(call)
    return row
  }
  const friendlyName = (text: string) => limitText('FriendlyName', text, 256) || null
  return {
    list(call: Call) {
      const type = call.query.oneOf('Type', types)
      const selected = [...all().values()].filter((row) => type === undefined || row.type === type)
      return pageV1(call, 'address_configurations', selected, body)
    },
    create({ form }: Call) {
      const type = form.requiredOneOf('Type', types)
      const address = readAddress(form.required('Address'), type, targets)
      if (all().byName(address)) {
        throw conflict(`Address ${address} is configured already`)
      }
      const country = form.text('AddressCountry') || null
      const autoCreation = readAutoCreation(form, noAutoCreation, targets)
      const row = {
        ...newStored(context, 'IG'),
        type,
        address,
        friendlyName: friendlyName(form.text('FriendlyName') ?? ''),
        addressCountry: country,
        autoCreation,
      }
      return created(body(rows.put(row)))
    },
    fetch: (call: Call) => ok(body(found(call))),
    update(call: Call) {
      const row = found(call)
      const name = call.form.text('FriendlyName')
      const next = {
        ...row,
        friendlyName: name === undefined ? row.friendlyName : friendlyName(name),
        autoCreation: readAutoCreation(call.form, row.autoCreation, targets),
        dateUpdated: context.clock.now(),
      }
      return ok(body(rows.put(next)))
    },
    remove(call: Call) {
      rows.delete(found(call).sid)
      return noContent
    },
  }
}

// Short codes are not kept here, so any will do.
function isNumber({ type, address }: Pick<AddressConfigurationRow, 'type' | 'address'>): boolean {
  return type === 'sms' && address.startsWith('+')
}

function readAddress(
  address: string,
  type: AddressConfigurationRow['type'],
  { hasNumber }: Targets,
): string {
  if (type === 'sms' && !/^\+?[1-9]\d{2,14}$/.test(address)) {
    throw badRequest(`Address ${address} is not a number, as the type sms needs`)
  }
  if (isNumber({ type, address }) && !hasNumber(address)) {
    throw badRequest(`Address ${address} is no number of this account`)
  }
  if (type === 'whatsapp' && !/^whatsapp:\+[1-9]\d{6,14}$/.test(address)) {
    throw badRequest(`Address ${address} is not of the form whatsapp:+12025550123`)
  }
  return address
}

function addressBody(row: AddressConfigurationRow, accountSid: string) {
  return {
    sid: row.sid,
    account_sid: accountSid,
    type: row.type,
    address: row.address,
    friendly_name: row.friendlyName,
    address_country: row.addressCountry,
    auto_creation: autoCreationBody(row.autoCreation),
    ...isoDates(row),
    url: `${BASE}/Configuration/Addresses/${row.sid}`,
  }
}
