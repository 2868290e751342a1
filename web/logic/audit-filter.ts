import { auditActions } from '@ustaz/core/contract'

type State = Partial<Record<'teacher' | 'account' | 'table' | 'action' | 'from' | 'to' | 'request', string>>

/** The filter that an address says; what is no number, day or action is left out. */
export function readAuditFilter({ teacher, account, table, action, from, to, request }: State) {
  return {
    teacher: idOf(teacher),
    account: idOf(account),
    table,
    action: auditActions.find((known) => known === action),
    from: dayOf(from),
    to: dayOf(to),
    request,
  }
}

const idOf = (text: string | undefined) => (/^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined)
const dayOf = (text: string | undefined) => (/^\d{4}-\d\d-\d\d$/.test(text ?? '') ? text : undefined)
