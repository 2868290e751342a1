import { UstazError } from '../contract/problem.ts'
import type { Fault } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import type { AppealCorrection } from '../contract/resources/appeals.ts'
import { checkData } from '../evidence/check-data.ts'
import { checkRole, findUnstorable } from '../evidence/check-input.ts'
import { faultOfIssue } from '../messages/zod-fault.ts'
import type { PluginHost } from '../plugins/host.ts'
import { attributesSchemaOf } from '../plugins/json-schema.ts'

type Supply = Pick<PluginHost, 'evidenceKind' | 'indicators'>
type Added = Extract<AppealCorrection, { kind: 'add' }>

/**
 * The corrections of an answer as they are written: facts that are put in have the attributes that the schema of their indicator puts out.
 * Throws `correction-invalid` (422) with pointers into the answer where such a fact is of an indicator that no clause of the regulation
 * reads or no running plugin supplies, has a role that there is not, or attributes that are no fact of that indicator.
 */
export function checkCorrections(
  supply: Supply,
  document: RegulationDocument,
  corrections: readonly AppealCorrection[],
): AppealCorrection[] {
  const read = indicatorsOf(document)
  const checked = corrections.map((one, i) =>
    one.kind === 'add'
      ? checkAdded(supply, read, one, `/corrections/${i}/fact`)
      : { correction: one, faults: [] },
  )
  const issues = checked.flatMap(({ faults }) => faults)
  if (issues.length > 0) throw new UstazError('correction-invalid', { status: 422, issues })
  return checked.map(({ correction }) => correction)
}

/** What clauses of a regulation read facts of. */
function indicatorsOf({ criteria, eligibility }: RegulationDocument): ReadonlySet<string> {
  const demanded = eligibility.flatMap((one) => (one.kind === 'fact' ? [one.indicator] : []))
  return new Set([...criteria.map(({ indicator }) => indicator), ...demanded])
}

function checkAdded(
  supply: Supply,
  read: ReadonlySet<string>,
  correction: Added,
  path: string,
): { correction: Added; faults: Fault[] } {
  const { fact } = correction
  const kind = supply.evidenceKind(fact.indicator)
  const schema = kind
    ? attributesSchemaOf(kind)
    : supply.indicators().find(({ id }) => id === fact.indicator)?.indicator.attributes
  if (!schema || !read.has(fact.indicator))
    return { correction, faults: [{ path: `${path}/indicator`, code: 'fact-not-counted', params: {} }] }
  const { data, wrong, gaps } = checkData(schema, fact.attributes)
  const within = (fault: Fault, place: string): Fault => ({ ...fault, path: `${path}${place}${fault.path}` })
  const faults = [
    ...[...wrong, ...gaps].map((issue) => within(faultOfIssue(issue, data), '/attributes')),
    ...findUnstorable(data).map((fault) => within(fault, '/attributes')),
    ...checkRole({ roles: kind?.roles ?? [] }, fact.role, `${path}/role`),
  ]
  return { correction: { ...correction, fact: { ...fact, attributes: data } }, faults }
}
