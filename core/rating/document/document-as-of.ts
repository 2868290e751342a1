import type { Amendment } from '../../contract/regulation/amendment.ts'
import type { RegulationDocument } from '../../contract/regulation/document.ts'
import type { Requirement } from '../../contract/regulation/result.ts'
import type { Condition } from '../../contract/regulation/rule.ts'

export interface AsOf {
  /** Last day of the rated period: amendments hold by it. */
  periodTo: string
  /** What became known later is left out; null: everything is known. */
  knownAt: string | null
}

/**
 * The document that holds for a period as known on a day: its amendments carried out and no longer in it. Later known ones have the
 * last word on the points of a criterion. A document without amendments is answered as it is.
 *
 * What an annulled clause leaves behind: groups, `once` lists and checks no longer name an annulled criterion; what would
 * then name nothing (or, for `once`, a single criterion), an exclusion, an exception or a rule of eligibility without any condition left, falls
 * with it, because it would say something else. A requirement asks for no more checks than are left.
 */
export function documentAsOf(document: RegulationDocument, asOf: AsOf): RegulationDocument {
  if (document.amendments.length === 0) return document
  const holding = document.amendments
    .filter((amendment) => holds(amendment, asOf))
    .sort((a, b) => (a.knownFrom < b.knownFrom ? -1 : a.knownFrom > b.knownFrom ? 1 : 0))
  return { ...holding.reduce(amend, document), amendments: [] }
}

function holds({ knownFrom, validFrom, validTo }: Amendment, { periodTo, knownAt }: AsOf): boolean {
  const isKnown = knownAt === null || knownFrom <= knownAt
  return isKnown && (validFrom === null || validFrom <= periodTo) && (validTo === null || periodTo <= validTo)
}

function amend(document: RegulationDocument, { annul, points }: Amendment): RegulationDocument {
  const gone = new Set(annul)
  const stays = ({ id }: { id: string }) => !gone.has(id)
  const where = (conditions: readonly Condition[]) =>
    conditions.filter(({ id }) => id === undefined || !gone.has(id))
  const left = (ids: readonly string[]) => ids.filter((id) => !gone.has(id))
  return {
    ...document,
    criteria: document.criteria.filter(stays).map((criterion) => ({
      ...criterion,
      where: where(criterion.where),
      points: points[criterion.id] ?? criterion.points,
      keep: criterion.keep.filter(stays),
    })),
    groups: document.groups
      .filter(stays)
      .map((group) => ({ ...group, criteria: left(group.criteria) }))
      .filter(({ criteria }) => criteria.length > 0),
    once: document.once
      .filter(stays)
      .map((list) => ({ ...list, criteria: left(list.criteria) }))
      .filter(({ criteria }) => criteria.length > 1),
    rollUps: document.rollUps.filter(stays),
    exclusions: document.exclusions
      .filter(stays)
      .map((exclusion) => ({ ...exclusion, where: where(exclusion.where) }))
      .filter(hasConditions),
    norms: document.norms.filter(stays).map((norm) => ({
      ...norm,
      exceptions: norm.exceptions
        .map((exception) => ({ ...exception, where: where(exception.where) }))
        .filter(hasConditions),
    })),
    eligibility: document.eligibility
      .filter(stays)
      .map((rule) => (rule.kind === 'teacher' ? { ...rule, where: where(rule.where) } : rule))
      .filter((rule) => rule.kind !== 'teacher' || hasConditions(rule)),
    requirements: document.requirements
      .filter(stays)
      .map((requirement) => amendRequirement(requirement, gone, where(requirement.where)))
      .filter(({ checks }) => checks.length > 0),
    leagues: document.leagues.map((league) => ({ ...league, where: where(league.where) })),
  }
}

const hasConditions = ({ where }: { where: readonly unknown[] }) => where.length > 0

function amendRequirement(
  requirement: Requirement,
  gone: ReadonlySet<string>,
  where: Condition[],
): Requirement {
  const checks = requirement.checks
    .filter(({ of }) => of.length === 0 || of.some((id) => !gone.has(id)))
    .map((check) => ({ ...check, of: check.of.filter((id) => !gone.has(id)) }))
  const { needed } = requirement
  return {
    ...requirement,
    where,
    checks,
    needed: needed === null ? null : Math.min(needed, Math.max(checks.length, 1)),
  }
}
