import type { AppContext } from '../app-context.ts'
import { windowsOf } from '../approval/windows.ts'
import { UstazError } from '../contract/problem.ts'
import * as contract from '../contract/resources/teacher-year.ts'
import type { EntryEffect } from '../contract/resources/teacher-year.ts'
import type { Language } from '../contract/text.ts'
import { listYearEntries } from '../evidence/list-year-entries.ts'
import { dayOfEntry } from '../evidence/open-entries.ts'
import { createTexts } from '../messages/texts.ts'
import { unitsOfTeachers } from '../people/teachers-of-units.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler, Scope } from '../plugin/route.ts'
import type { TeacherResult } from '../rating/results/teacher-result.ts'
import type { InForce } from '../regulation/in-force.ts'
import type { ReasonNames } from '../reports/reason-words.ts'
import { chooseRegulation } from '../workplace/choose-regulation.ts'
import { describeOffers } from '../workplace/describe-offers.ts'
import { explainEffect, untold } from '../workplace/explain-effect.ts'
import type { ExplainedEffect } from '../workplace/explain-effect.ts'
import { lastingEntries } from '../workplace/lasting-entries.ts'
import { pointsOfTeacher } from '../workplace/points-of-teacher.ts'
import { describeIssue } from './problem-answer.ts'
import { namesOf, withReasons, withWords } from './run-words.ts'

export const teacherYearRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listYearEntries, async ({ params, query, scope, language }, context: AppContext) => {
    await refuseOthers(context, scope, params.id)
    const page = await listYearEntries(context, { ...query, teacherId: params.id })
    const texts = createTexts((pluginId) => context.host.messagesOf(pluginId))
    const items = page.items.map((item) => ({
      ...item,
      missing: item.missing.map((fault) => describeIssue(fault, language, texts)),
    }))
    return { ...page, items }
  }),
  handleRoute(contract.getTeacherPoints, async (request, context: AppContext) => {
    const { params, query, scope, actor, language } = request
    await refuseOthers(context, scope, params.id)
    const { chosen, all } = await chooseRegulation(context.db, {
      teacherId: params.id,
      versionId: query.regulation ?? null,
      period: query.from && query.to ? { from: query.from, to: query.to } : null,
      day: context.now().toISOString().slice(0, 10),
    })
    const asked = {
      teacherId: params.id,
      requestedBy: actor.accountId,
      regulation: chosen,
      only: null,
      suppose: query.offers === 'yes',
    }
    const { names, hindered, room, offers, ...points } = await pointsOfTeacher(context, asked, (trx, run) =>
      namesOf({ db: trx, host: context.host }, run, language),
    )
    const words = { names, language }
    const { criteria: counted, ...limits } = room
    return {
      ...points,
      ...limits,
      regulation: refOf(chosen),
      regulations: all.map(refOf),
      areas: chosen.document.areas.map(({ id, title }) => ({ id, title })),
      approved: resultInWords(points.approved, words),
      entered: resultInWords(points.entered, words),
      entries: [
        ...points.entries.map(({ evidenceId, ...effect }) => ({
          evidenceId,
          ...effectInWords(explainEffect(effect, chosen.document), words),
        })),
        ...hindered.map(({ id, hindrance }) => ({
          evidenceId: id,
          ...effectInWords(untold(hindrance!), words),
        })),
      ],
      lasting: lastingEntries(points.entered.lines, chosen.document, chosen.period),
      offers: query.offers === 'yes' ? describeOffers(chosen.document, counted, offers) : [],
    }
  }),
  handleRoute(contract.getEntryPoints, async (request, context: AppContext) => {
    const { params, scope, actor, language } = request
    await refuseOthers(context, scope, params.id)
    const today = context.now().toISOString().slice(0, 10)
    const day = (await dayOfEntry(context.db, params.id, params.evidenceId)) ?? today
    const { chosen } = await chooseRegulation(context.db, {
      ...{ teacherId: params.id, versionId: null, period: null, day },
    })
    const asked = { teacherId: params.id, requestedBy: actor.accountId, regulation: chosen }
    const { names, entries, hindered } = await pointsOfTeacher(
      context,
      { ...asked, only: params.evidenceId, suppose: false },
      (trx, run) => namesOf({ db: trx, host: context.host }, run, language),
    )
    const hindrance = hindered[0]?.hindrance
    const effect = entries[0]
      ? explainEffect(entries[0], chosen.document)
      : untold(hindrance ?? 'depends-on-others')
    return { ...effectInWords(effect, { names, language }), regulation: refOf(chosen) }
  }),
]

/** Whose year the asker may not see is not there for the asker. */
async function refuseOthers({ db }: AppContext, scope: Scope, teacherId: number): Promise<void> {
  if (scope.all || scope.teacherId === teacherId) return
  const units = await unitsOfTeachers(db, [teacherId])
  if (units.some((id) => scope.unitIds.includes(id))) return
  throw new UstazError('teacher-not-found', { status: 404, params: { teacher: teacherId } })
}

interface Words {
  names: ReasonNames & Awaited<ReturnType<typeof namesOf>>
  language: Language
}

function resultInWords(answer: TeacherResult, { names, language }: Words) {
  return { ...answer, result: withWords(answer.result, names, language) }
}

function effectInWords({ reasons, ...effect }: ExplainedEffect, { names, language }: Words): EntryEffect {
  return { ...effect, ...withReasons({ reasons }, names, language) }
}

function refOf({ id, code, version, document, period }: InForce) {
  const governing = { versionId: id, periodStart: document.periodStart, approval: document.approval }
  return { id, code, version, title: document.title, period, ...windowsOf(governing, period.from) }
}
