import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { Finding } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import {
  checkRegulation,
  copyRegulation,
  createRegulation,
  examineRegulation,
  exportRegulation,
  getRegulation,
  getRegulationSchema,
  importRegulation,
  listRegulations,
  moveRegulation,
  saveRegulation,
} from '../contract/resources/regulations.ts'
import type { RegulationDetail, RegulationIssue } from '../contract/resources/regulations.ts'
import type { Language } from '../contract/text.ts'
import { createTexts } from '../messages/texts.ts'
import type { Texts } from '../messages/texts.ts'
import { FileAnswer, handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { blankDocument } from '../regulation/blank-document.ts'
import { chooseBlankParts } from '../regulation/choose-blank-parts.ts'
import { checkDocumentInput, checkTextInput } from '../regulation/check-input.ts'
import { copyAsDraft, createDraft } from '../regulation/create-draft.ts'
import { regulationJsonSchema } from '../contract/regulation/json-schema.ts'
import { toJson, toYaml } from '../regulation/export-document.ts'
import { examineDocument } from '../regulation/examine-document.ts'
import { findIssues } from '../regulation/find-issues.ts'
import { importText } from '../regulation/import-draft.ts'
import { approveVersion, retireVersion } from '../regulation/move-version.ts'
import { readHistory } from '../regulation/read-history.ts'
import { readSupply } from '../regulation/read-supply.ts'
import { saveDraft } from '../regulation/save-draft.ts'
import { findPrevious, getVersion, listVersions } from '../regulation/versions.ts'
import { weightsOf } from '../regulation/weights-of.ts'
import { describeIssue } from './problem-answer.ts'

export const regulationRoutes: RouteHandler<AppContext>[] = [
  handleRoute(listRegulations, async ({ query }, { db }: AppContext) => await listVersions(db, query)),

  handleRoute(getRegulation, async ({ params, language }, context: AppContext) => {
    return await detailOf(context, params.id, language)
  }),

  handleRoute(importRegulation, async ({ file, body, actor }, { db, now }: AppContext) => {
    if (!file) throw new UstazError('regulation-file-missing', { status: 422 })
    const by = { accountId: actor.accountId, at: now(), replace: body.replace === 'true' }
    return await getVersion(db, await importText(db, file.content, by))
  }),

  handleRoute(createRegulation, async ({ body, actor }, context: AppContext) => {
    const { db, now } = context
    const document = blankDocument({ ...body, ...(await chooseBlankParts(context)) })
    return await getVersion(db, await createDraft(db, document, { accountId: actor.accountId, at: now() }))
  }),

  handleRoute(copyRegulation, async ({ params, body, actor }, { db, now }: AppContext) => {
    const by = { version: body.version, accountId: actor.accountId, at: now() }
    return await getVersion(db, await copyAsDraft(db, params.id, by))
  }),

  handleRoute(saveRegulation, async ({ params, body, actor, language }, context: AppContext) => {
    await saveDraft(context.db, params.id, { ...body, accountId: actor.accountId, at: context.now() })
    return await detailOf(context, params.id, language)
  }),

  handleRoute(checkRegulation, async ({ body, language }, context: AppContext) => {
    const { document, text } = body
    const find = body.examples ? await examiner(context) : await issueFinder(context)
    const checked =
      document === null && text !== null
        ? await checkTextInput(text, find)
        : await checkDocumentInput(document, await textToWriteInto(context, body), find)
    return { ...checked, issues: inWords(checked.issues, language, textsOf(context)) }
  }),

  handleRoute(examineRegulation, async ({ params, language }, context: AppContext) => {
    const { document } = await getVersion(context.db, params.id)
    const find = await examiner(context)
    return { issues: inWords(await find(document), language, textsOf(context)) }
  }),

  handleRoute(exportRegulation, async ({ params, query }, { db }: AppContext) => {
    const { code, version, document, text } = await getVersion(db, params.id)
    const isYaml = query.format === 'yaml'
    return new FileAnswer({
      name: `${code}-${version}.${query.format}`,
      mediaType: isYaml ? 'application/yaml; charset=utf-8' : 'application/json; charset=utf-8',
      content: isYaml ? (text ?? toYaml(document)) : toJson(document),
    })
  }),

  handleRoute(moveRegulation, async ({ params, body, actor }, context: AppContext) => {
    const { db, now } = context
    const by = { accountId: actor.accountId, at: now() }
    if (body.action === 'retire') await retireVersion(db, params.id, by)
    else {
      const { revision, accepted } = body
      const check = await examiner(context)
      await approveVersion(db, params.id, { ...by, revision, accepted, check })
    }
    return await getVersion(db, params.id)
  }),

  handleRoute(getRegulationSchema, async () => await Promise.resolve(regulationJsonSchema())),
]

/** The YAML that a document is asked to be written into; null: no text is asked for. */
async function textToWriteInto(
  { db }: AppContext,
  { text, versionId }: { text: string | null; versionId: number | null },
): Promise<{ text: string | null } | null> {
  if (text !== null) return { text }
  return versionId === null ? null : { text: (await getVersion(db, versionId)).text }
}

async function issueFinder({ db, host }: AppContext): Promise<(document: RegulationDocument) => Finding[]> {
  const supply = await readSupply(db, host)
  return (document) => findIssues(document, supply)
}

/** What approval asks: issues, and worked examples rated by the engine. */
async function examiner({ db, host }: AppContext) {
  const supply = await readSupply(db, host)
  return async (document: RegulationDocument) =>
    await examineDocument(db, document, { supply, sources: host })
}

const textsOf = ({ host }: AppContext) => createTexts((pluginId) => host.messagesOf(pluginId))

function inWords(issues: readonly Finding[], language: Language, texts: Texts): RegulationIssue[] {
  return issues.map(({ severity, ...fault }) => ({ ...describeIssue(fault, language, texts), severity }))
}

async function detailOf(context: AppContext, id: number, language: Language): Promise<RegulationDetail> {
  const { db } = context
  const { text, ...version } = await getVersion(db, id)
  const texts = textsOf(context)
  const supply = await readSupply(db, context.host)
  const history = await readHistory(db, id)
  return {
    ...version,
    weights: weightsOf(version.document, supply),
    issues: inWords(findIssues(version.document, supply), language, texts),
    history: history.map((change) => ({
      ...change,
      accepted: change.accepted.map((one) => ({
        ...one,
        message: texts.issue(language, one.code, one.params as Finding['params']),
      })),
    })),
    previous: await findPrevious(db, version),
    hasText: text !== null,
  }
}
