import type { Activity, Member, Scene } from '../activity.ts'
import { inventTitle, phrase } from '../../words/phrases.ts'
import type { Language } from '../../words/read-words.ts'
import { pickJournal } from '../journals.ts'

/** Countries of the invented conferences and publishers abroad. */
const abroad = ['DE', 'PL', 'TR', 'UZ', 'CZ']

/** Published works. Their titles are invented; the journals with an ISSN exist. */
export const publicationActivities: readonly Activity[] = [
  {
    id: 'article',
    indicator: 'publications.work',
    area: 'research',
    perYear: [1.12, 0.72, 0.6, 0.23, 0.09, 0.05],
    growth: 1.1,
    inField: { chemistry: 1.5, mathematics: 1.5, biotechnology: 1.3, sport: 0.6, law: 0.6, kazakh: 0.6 },
    season: 'even',
    team: { colleagues: 1, outsiders: 0.4, students: 0.12, foreigners: 0.15 },
    roles: ['corresponding-author', 'author'],
    shares: 0.3,
    write: writeArticle,
  },
  {
    id: 'domestic-article',
    indicator: 'publications.work',
    area: 'research',
    perYear: [1.28, 1.01, 0.72, 0.57, 0.34, 0.19],
    season: 'even',
    team: { colleagues: 0.7, outsiders: 0.15, students: 0.15 },
    roles: ['corresponding-author', 'author'],
    shares: 0.2,
    write: (scene) => ({
      ...describeWork(scene, 'article', scene.language),
      container: phrase(scene.random, 'domestic-journal', scene.language),
      country: 'KZ',
      index: 'koksnvo',
    }),
  },
  {
    id: 'home-conference',
    indicator: 'publications.work',
    area: 'research',
    perYear: [1.6, 1.59, 1.32, 1.38, 1.38, 1.12],
    season: 'events',
    team: { colleagues: 0.6, students: 0.25 },
    roles: ['corresponding-author', 'author'],
    write: (scene) => ({
      ...describeWork(
        scene,
        scene.random.chance(0.6) ? 'conference-paper' : 'conference-abstract',
        scene.language,
      ),
      container: phrase(scene.random, 'home-conference', scene.language),
      country: 'KZ',
    }),
  },
  {
    id: 'foreign-conference',
    indicator: 'publications.work',
    area: 'research',
    perYear: [0.48, 0.43, 0.36, 0.17, 0.09, 0.04],
    season: 'events',
    team: { colleagues: 0.7, outsiders: 0.2, students: 0.15, foreigners: 0.15 },
    roles: ['corresponding-author', 'author'],
    write: (scene) => ({
      ...describeWork(scene, 'conference-paper', 'en'),
      container: phrase(scene.random, 'foreign-conference', 'en'),
      country: scene.random.pick(abroad),
      index: scene.random.chance(0.5) ? 'scopus' : null,
    }),
  },
  {
    id: 'monograph',
    indicator: 'publications.work',
    area: 'research',
    perYear: [0.35, 0.17, 0.07, 0.02, 0.006, 0],
    season: 'deadline',
    team: { colleagues: 0.8, foreigners: 0.12 },
    roles: ['corresponding-author', 'author'],
    shares: 0.5,
    write: (scene) => ({
      ...describeWork(scene, 'monograph', scene.language),
      publisher: phrase(scene.random, 'home-university', scene.language),
      country: scene.random.chance(0.78) ? 'KZ' : scene.random.pick(abroad),
    }),
  },
  {
    id: 'citation',
    indicator: 'publications.citation',
    area: 'research',
    perYear: [0.5, 0.3, 0.2, 0.06, 0.02, 0.01],
    growth: 1.15,
    season: 'deadline',
    write: ({ random, field, stageYear }) => ({
      citedWork: inventTitle(random, field, 'en'),
      year: stageYear,
      source: 'journal',
      index: ['scopus', 'wos-scopus', 'koksnvo'][random.weighted([50, 30, 20])],
      level: null,
      refereed: true,
      publisherEstablished: null,
      publisherApproved: null,
      citations: 1 + random.count(2),
    }),
  },
  {
    id: 'editorship',
    indicator: 'publications.editorship',
    area: 'research',
    perYear: [0.12, 0.06, 0.03, 0.006, 0, 0],
    season: 'autumn',
    write: ({ random, language, stageYear }) => ({
      journal: phrase(random, 'domestic-journal', language),
      year: stageYear,
      position: random.pick(['board-member', 'board-member', 'editor']),
      index: 'koksnvo',
      level: 'national',
      refereed: true,
    }),
  },
]

function writeArticle(scene: Scene): Record<string, unknown> {
  const { random, field, teacher } = scene
  const { title, issns } = pickJournal(random, field.id, teacher.bent.research > 1.2 ? 'strong' : 'usual')
  return {
    ...describeWork(scene, random.chance(0.06) ? 'review' : 'article', 'en'),
    container: title,
    issns,
    index: ['scopus', 'wos-scopus', 'wos'][random.weighted([50, 45, 5])],
  }
}

/** The data of a work with everything that all kinds of works have; fields that stay unknown are null, as the schema wants them. */
function describeWork(scene: Scene, type: string, language: Language): Record<string, unknown> {
  const { random, field, day, team } = scene
  const first = random.integer(3, 400)
  return {
    type,
    title: inventTitle(random, field, language),
    container: null,
    year: Number(day.slice(0, 4)),
    date: day,
    volume: String(random.integer(1, 60)),
    issue: String(random.integer(1, 6)),
    pages: `${first}-${first + random.integer(3, 14)}`,
    publisher: null,
    language,
    country: null,
    doi: hasDoi(scene, type) ? `10.5555/samal.${scene.key}` : null,
    issns: [],
    isbns: [],
    authors: team.map((member, i) => authorOf(member, language, i + 1)),
    related: [],
    index: null,
    withStudents: team.some(({ kind }) => kind === 'student'),
    withForeigners: team.some(({ kind }) => kind === 'foreigner'),
    ...notAsked,
  }
}

/** What the regulation of the demonstration does not ask of a work. */
const notAsked = {
  level: null,
  refereed: null,
  publisherEstablished: null,
  publisherApproved: null,
  oral: null,
  foreignCountries: null,
  foreignPaperPercent: null,
  internationalConfirmed: null,
}

/** Where a field has several departments, invented titles repeat and only a DOI tells one work from another. */
function hasDoi({ random, university }: Scene, type: string): boolean {
  const always = type === 'article' || type === 'review' || university.departments.length > 20
  return random.chance(0.4) || always
}

function authorOf({ name, teacher }: Member, language: Language, sequence: number): Record<string, unknown> {
  const { family, given } = language === 'en' ? name.latin : name
  return { family, given, literal: null, orcid: teacher?.orcid ?? null, affiliations: [], sequence }
}
