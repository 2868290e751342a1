import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import * as contract from '../contract/resources/evidence.ts'
import type { EvidenceDetail } from '../contract/resources/evidence.ts'
import type { Language } from '../contract/text.ts'
import { attachFile } from '../evidence/attach-file.ts'
import { createEntry } from '../evidence/create-entry.ts'
import { detachFile } from '../evidence/detach-file.ts'
import { downloadFile } from '../evidence/download-file.ts'
import { evidenceDetail } from '../evidence/evidence-detail.ts'
import { joinEntry } from '../evidence/join-entry.ts'
import { judgeEntry } from '../evidence/judge-entry.ts'
import { listEvidence } from '../evidence/list-evidence.ts'
import { moveEntry } from '../evidence/move-entry.ts'
import { confirmShare } from '../evidence/share-confirmation.ts'
import { updateEntry } from '../evidence/update-entry.ts'
import { createTexts } from '../messages/texts.ts'
import { handleRoute } from '../plugin/route.ts'
import type { Actor, RouteHandler } from '../plugin/route.ts'
import { expertRanges } from '../regulation/expert-ranges.ts'
import { describeIssue } from './problem-answer.ts'

interface Asking {
  actor: Actor
  language: Language
}

/** The entry as the asker now sees it, in the asker's language. */
export async function answerEntry(
  context: AppContext,
  { actor, language }: Asking,
  id: number,
): Promise<EvidenceDetail> {
  const detail = await evidenceDetail(context, actor, id)
  const texts = createTexts((pluginId) => context.host.messagesOf(pluginId))
  return {
    ...detail,
    missing: detail.missing.map((fault) => describeIssue(fault, language, texts)),
    judgedBy: await expertRanges(context.db, detail.indicator),
  }
}

export const evidenceRoutes: readonly RouteHandler<AppContext>[] = [
  handleRoute(contract.listEvidence, async (request, { db }: AppContext) => {
    return await listEvidence(db, request, request.query)
  }),
  handleRoute(contract.getEvidence, async (request, context: AppContext) => {
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.createEvidence, async (request, context: AppContext) => {
    return await answerEntry(context, request, await createEntry(context, request.actor, request.body))
  }),
  handleRoute(contract.updateEvidence, async (request, context: AppContext) => {
    await updateEntry(context, request.actor, request.params.id, request.body)
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.moveEvidence, async (request, context: AppContext) => {
    await moveEntry(context, request.actor, request.params.id, request.body)
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.judgeEvidence, async (request, context: AppContext) => {
    await judgeEntry(context, request.actor, request.params.id, request.body)
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.confirmShare, async (request, context: AppContext) => {
    await confirmShare(context, request.actor, request.params.id, request.body.share)
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.attachFile, async (request, context: AppContext) => {
    if (!request.file) throw new UstazError('file-expected', { status: 400 })
    await attachFile(context, request.actor, request.params.id, request.file)
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.detachFile, async (request, context: AppContext) => {
    await detachFile(context, request.actor, request.params.id, request.params.fileId)
    return await answerEntry(context, request, request.params.id)
  }),
  handleRoute(contract.downloadFile, async (request, context: AppContext) => {
    return await downloadFile(context, request.actor, request.params.id, request.params.fileId)
  }),
  handleRoute(contract.joinEvidence, async (request, context: AppContext) => {
    await joinEntry(context, request.actor, request.params.id, request.body)
    return await answerEntry(context, request, request.params.id)
  }),
]
