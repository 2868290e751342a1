import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import {
  exportRegulation,
  getRegulation,
  getRegulationSchema,
  importRegulation,
  listRegulations,
  moveRegulation,
} from '../contract/resources/regulations.ts'
import { createTexts } from '../messages/texts.ts'
import { FileAnswer, handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { checkDocument } from '../regulation/check-document.ts'
import { documentJsonSchema } from '../regulation/document-schema.ts'
import { toJson, toYaml } from '../regulation/export-document.ts'
import { importDraft } from '../regulation/import-draft.ts'
import { approveVersion, retireVersion } from '../regulation/move-version.ts'
import { parseRegulation } from '../regulation/parse-document.ts'
import { readSupply } from '../regulation/read-supply.ts'
import { getVersion, listVersions } from '../regulation/versions.ts'
import { describeIssue } from './problem-answer.ts'

export const regulationRoutes: RouteHandler<AppContext>[] = [
  handleRoute(listRegulations, async ({ query }, { db }: AppContext) => await listVersions(db, query)),

  handleRoute(getRegulation, async ({ params, language }, { db, host }: AppContext) => {
    const version = await getVersion(db, params.id)
    const texts = createTexts((pluginId) => host.messagesOf(pluginId))
    const faults = checkDocument(version.document, await readSupply(db, host))
    return { ...version, issues: faults.map((fault) => describeIssue(fault, language, texts)) }
  }),

  handleRoute(importRegulation, async ({ file, actor }, { db }: AppContext) => {
    if (!file) throw new UstazError('regulation-file-missing', { status: 422 })
    return await getVersion(db, await importDraft(db, parseRegulation(file.content), actor.accountId))
  }),

  handleRoute(exportRegulation, async ({ params, query }, { db }: AppContext) => {
    const { code, version, document } = await getVersion(db, params.id)
    const isYaml = query.format === 'yaml'
    return new FileAnswer({
      name: `${code}-${version}.${query.format}`,
      mediaType: isYaml ? 'application/yaml; charset=utf-8' : 'application/json; charset=utf-8',
      content: isYaml ? toYaml(document) : toJson(document),
    })
  }),

  handleRoute(moveRegulation, async ({ params, body, actor }, { db, host, now }: AppContext) => {
    if (body.action === 'retire') await retireVersion(db, params.id)
    else {
      const supply = await readSupply(db, host)
      const check = (document: Parameters<typeof checkDocument>[0]) => checkDocument(document, supply)
      await approveVersion(db, params.id, { accountId: actor.accountId, at: now(), check })
    }
    return await getVersion(db, params.id)
  }),

  handleRoute(getRegulationSchema, async () => await Promise.resolve(documentJsonSchema())),
]
