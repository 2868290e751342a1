import type { Language } from '@ustaz/core/contract'
import type { PluginContext, Scope } from '@ustaz/core/plugin'
import { authorTask } from '../contract.ts'
import type { AuthorSuggestions, Suggestion } from '../contract.ts'
import { divideName } from '../import/names.ts'
import type { PublicationTables } from '../tables.ts'
import { textOf } from '../texts.ts'
import type { Author, Work } from '../work.ts'
import { featuresOf, standingReasons } from './author-features.ts'
import type { Standing } from './author-features.ts'
import { knowTeachers } from './know-teachers.ts'
import type { KnownTeachers } from './know-teachers.ts'
import type { MatchReason, Suggestion as Candidate } from './match-authors.ts'
import { printedName } from './printed-name.ts'

export type AuthorContext = Pick<
  PluginContext<PublicationTables>,
  'people' | 'evidence' | 'matchings' | 'now'
>
/** In whose eyes, and beside whom. */
export interface AskingForAuthors {
  scope: Scope
  /** Teachers who take part already; of those only whose works the asker may see are looked into. */
  taking: readonly number[]
  language: Language
}

/** Suggestions shown for one author; who fits less is found by searching. */
const shown = 5
/** The least confidence at which a suggestion is worth a person's time. */
const worthwhile = 0.1
/** From here on the rule suggests by itself. */
const ruleThreshold = 0.5

/** For each author of each work the teachers who may be meant, best first, with reasons in words. Nothing is attributed. */
export async function suggestForAuthors(
  works: readonly Work[],
  context: AuthorContext,
  asking: AskingForAuthors,
): Promise<AuthorSuggestions[][]> {
  const suggested = await suggestForAll(
    works.flatMap(({ authors }) => authors),
    context,
    asking,
  )
  let from = 0
  return works.map(({ authors }) => suggested.slice(from, (from += authors.length)))
}

/** The same for names as a person typed them. */
export async function suggestForNames(
  names: readonly string[],
  context: AuthorContext,
  asking: AskingForAuthors,
): Promise<AuthorSuggestions[]> {
  const authors = names.map((name, index) => ({
    ...divideName(name),
    orcid: null,
    affiliations: [],
    sequence: index + 1,
  }))
  const suggested = await suggestForAll(authors, context, asking)
  return names.map((name, index) => ({ ...suggested[index]!, name }))
}

async function suggestForAll(
  authors: readonly Author[],
  context: AuthorContext,
  { scope, taking, language }: AskingForAuthors,
): Promise<AuthorSuggestions[]> {
  const known = await knowTeachers(context)
  const within = await context.people.teachersIn(scope)
  const beside = taking.filter((id) => within === null || within.includes(id))
  const found = authors.map((author) => known.candidatesFor(author))
  const standingOf = await readStandings(context, { known, found: found.flat(), beside })
  const features = found.flatMap((own) => own.map((one) => featuresOf(one, standingOf(one))))
  const judged = await context.matchings.judge(authorTask, features)
  const threshold = judged?.threshold ?? ruleThreshold
  let place = 0
  return authors.map((author, index) => {
    const own = found[index]!.map((candidate) => ({
      candidate,
      confidence: judged?.probabilities[place++] ?? candidate.confidence,
    }))
    const best = own
      .filter(({ confidence }) => confidence >= worthwhile)
      .toSorted((a, b) => b.confidence - a.confidence || a.candidate.teacherId - b.candidate.teacherId)
      .slice(0, shown)
    const suggestions = best.map(({ candidate, confidence }): Suggestion => {
      const reasons = [...candidate.reasons, ...standingReasons(standingOf(candidate))]
      const teacher = known.byId.get(candidate.teacherId)!
      return {
        teacherId: teacher.id,
        code: teacher.code,
        name: fullName(teacher),
        confidence,
        learned: judged !== null,
        worthAsking: confidence >= threshold,
        reasons: reasons.map((reason: MatchReason) => textOf(language, 'reasons', reason)),
      }
    })
    return { name: printedName(author), suggestions }
  })
}

const fullName = ({
  familyName,
  givenName,
  patronymic,
}: {
  familyName: string
  givenName: string
  patronymic: string | null
}) => [familyName, givenName, patronymic].filter((part) => part !== null).join(' ')

async function readStandings(
  { evidence }: AuthorContext,
  { known, found, beside }: { known: KnownTeachers; found: readonly Candidate[]; beside: readonly number[] },
): Promise<(candidate: Candidate) => Standing> {
  const ids = [...new Set(found.map(({ teacherId }) => teacherId))]
  const shared = await evidence.countShared('publications.work', beside, ids)
  const most = new Map<number, number>()
  for (const { otherId, entries } of shared) most.set(otherId, Math.max(entries, most.get(otherId) ?? 0))
  return ({ teacherId }) => {
    const others = beside.filter((id) => id !== teacherId)
    const together = others.length === 0 ? null : (most.get(teacherId) ?? 0)
    return { ...known.standingOf(teacherId, others), together }
  }
}
