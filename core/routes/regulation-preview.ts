import type { AppContext } from '../app-context.ts'
import { UstazError } from '../contract/problem.ts'
import type { RegulationDocument } from '../contract/regulation/document.ts'
import { previewRegulation } from '../contract/resources/regulations.ts'
import type { Weighting } from '../plugin/weighting.ts'
import { handleRoute } from '../plugin/route.ts'
import type { RouteHandler } from '../plugin/route.ts'
import { previewTeacher } from '../rating/preview/preview-teacher.ts'
import { checkDocument } from '../regulation/check-document.ts'
import { readSupply } from '../regulation/read-supply.ts'
import { getVersion } from '../regulation/versions.ts'
import { namesOf, withWords } from './run-words.ts'

export const previewRoutes: RouteHandler<AppContext>[] = [
  handleRoute(previewRegulation, async ({ params, body, actor, language }, context: AppContext) => {
    const { db, host } = context
    const stored = await getVersion(db, params.id)
    const document = body.document ?? stored.document
    const order = {
      document,
      regulationVersionId: stored.id,
      requestedBy: actor.accountId,
      teacherId: body.teacherId,
      snapshotId: body.snapshotId,
      period: body.period,
      sources: host.factSources(),
      weighting: await readyToCompute(context, document),
      findFunction: (id: string) => host.pointsFunction(id),
    }
    const { result, names, ...preview } = await previewTeacher(
      db,
      order,
      async (trx, run) => await namesOf({ db: trx, host }, run, language),
    )
    return { ...result, ...preview, result: withWords(result.result, names, language) }
  }),
]

/** The weighting of a document that names nothing that is not there. Throws `preview-faulty` with the faults. */
async function readyToCompute({ db, host }: AppContext, document: RegulationDocument): Promise<Weighting> {
  const issues = checkDocument(document, await readSupply(db, host))
  const weighting = host.weighting(document.weighting.id)
  if (issues.length === 0 && weighting) return weighting
  throw new UstazError('preview-faulty', { status: 422, params: { count: issues.length }, issues })
}
