import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { EvidenceShape } from '../enter-evidence.ts'
import { journalCount } from './journals.ts'

type Value = RawBuilder<unknown>

/** One of several words or numbers, by the number of the entry divided by `step`: steps differ, so that values vary apart. */
const oneOf = (words: readonly (string | number | boolean | null)[], step: number): Value =>
  sql`case n / ${sql.lit(step)} % ${sql.lit(words.length)} ${sql.join(
    words.map((word, index) => sql`when ${sql.lit(index)} then ${sql.lit(word)}`),
    sql` `,
  )} end`
const yes = (step: number): Value => oneOf([true, false], step)
const upTo = (count: number, step: number): Value => sql`1 + n / ${sql.lit(step)} % ${sql.lit(count)}`
const line = (word: string): Value => sql`${sql.lit(`${word} `)} || n`
const unknown = sql`null`
const nothing = sql`'[]'::jsonb`
const levels = ['international', 'national', 'city', 'university']

/** jsonb of the attributes by name. */
const data = (attributes: Record<string, Value>): Value =>
  sql`jsonb_build_object(${sql.join(Object.entries(attributes).flatMap(([name, value]) => [sql.lit(name), value]))})`

const author = (family: Value, place: number): Value =>
  sql`jsonb_build_object('family', ${family}, 'given', 'Given', 'literal', null, 'orcid', null,
    'affiliations', ${nothing}, 'sequence', ${sql.lit(place)})`

/** A work with everything that is asked for; its journal is one of those of journals.ts. */
const work = data({
  type: oneOf(
    ['article', 'review', 'article', 'conference-paper', 'conference-abstract', 'monograph', 'chapter'],
    1,
  ),
  title: sql`'Investigation of the properties of materials and processes, part ' || n`,
  container: sql`'Journal ' || n % ${sql.lit(journalCount)}`,
  year: sql`2025 + n % 2`,
  date: unknown,
  volume: sql`(n % 60)::text`,
  issue: sql`(n % 12)::text`,
  pages: sql`n % 300 || '-' || n % 300 + 9`,
  publisher: oneOf(['University', 'Elsevier', 'Springer'], 3),
  language: oneOf(['kk', 'ru', 'en'], 5),
  country: oneOf(['KZ', 'KZ', 'DE', 'RU'], 7),
  doi: sql`'10.1234/bench.' || n`,
  issns: sql`jsonb_build_array(bench.issn(n % ${sql.lit(journalCount)}))`,
  isbns: nothing,
  authors: sql`jsonb_build_array(${author(sql`'Family' || n % 1000`, 1)}, ${author(sql`'Family' || n % 777`, 2)})`,
  related: nothing,
  index: oneOf(['wos', 'scopus', 'koksnvo', 'wos-scopus', 'other', 'koksnvo'], 11),
  withStudents: yes(13),
  withForeigners: oneOf([true, false, null], 17),
  level: unknown,
  refereed: unknown,
  publisherEstablished: unknown,
  publisherApproved: unknown,
  oral: unknown,
  foreignCountries: unknown,
  foreignPaperPercent: unknown,
  internationalConfirmed: unknown,
})

const entries: Record<string, { part?: number; several?: boolean; role?: Value; data: Value }> = {
  'publications.work': { part: 24, role: sql`'author'`, data: work },
  'methodical.discipline-package': {
    part: 4,
    data: data({ discipline: line('Discipline'), programme: line('Programme') }),
  },
  'methodical.integrated-course': {
    data: data({
      platform: oneOf(['coursera', 'edx'], 1),
      course: line('Course'),
      discipline: line('Discipline'),
      grading: yes(3),
    }),
  },
  'methodical.microcredential': {
    data: data({ title: line('Microcredential'), programme: line('Programme') }),
  },
  'methodical.joint-programme': {
    data: data({
      type: oneOf(['joint', 'double-degree'], 1),
      title: line('Programme'),
      partner: line('Partner'),
      registryNumber: unknown,
    }),
  },
  'methodical.olympiad': {
    part: 3,
    data: data({
      level: oneOf(['international', 'national'], 1),
      name: line('Olympiad'),
      subject: line('Subject'),
      students: line('Students'),
      place: upTo(5, 3),
    }),
  },
  'methodical.textbook': {
    part: 4,
    data: data({
      type: oneOf(['textbook', 'manual'], 1),
      title: line('Book'),
      stamp: oneOf(['republican-council', 'university-council', 'none'], 5),
      sheets: sql`1 + n % 97 / 8.0`,
      isbn: unknown,
    }),
  },
  'methodical.electronic-textbook': {
    part: 2,
    data: data({ type: oneOf(['textbook', 'manual'], 1), title: line('Book'), certificate: unknown }),
  },
  'methodical.mooc': {
    part: 2,
    data: data({
      title: line('Course'),
      platform: oneOf(['ministry-recommended', 'own', 'international'], 1),
      address: unknown,
    }),
  },
  'methodical.guest-lecture': {
    part: 4,
    several: false,
    data: data({
      host: line('Host'),
      topic: line('Topic'),
      location: oneOf(['abroad', 'kazakhstan'], 1),
      mode: oneOf(['offline', 'online'], 3),
      credits: upTo(4, 5),
      weeks: upTo(4, 7),
    }),
  },
  'research.project': {
    part: 5,
    role: sql`case when o = 1 then 'lead' else 'executor' end`,
    data: data({
      type: oneOf(['state-budget', 'contract', 'initiative', 'experimental-development', 'international'], 1),
      title: line('Project'),
      number: line('No.'),
      stageYear: sql`2026`,
      programme: unknown,
      months: unknown,
      concluded: unknown,
      withForeigners: unknown,
    }),
  },
  'research.grant-application': {
    part: 2,
    role: sql`'lead'`,
    data: data({
      level: oneOf(['international', 'national'], 1),
      title: line('Application'),
      competition: line('Competition'),
      number: unknown,
    }),
  },
  'research.review': {
    part: 4,
    several: false,
    data: data({ subject: oneOf(['monograph', 'textbook', 'article'], 1), title: line('Work') }),
  },
  'research.intellectual-property': {
    part: 4,
    data: data({
      type: oneOf(['invention', 'utility-model', 'industrial-design', 'copyright'], 1),
      scope: oneOf(['international', 'national', 'other'], 5),
      title: line('Patent'),
      number: line('No.'),
      ownedByUniversity: yes(7),
      fromStudentProject: yes(11),
    }),
  },
  'research.implementation-act': {
    part: 2,
    data: data({
      target: oneOf(['production', 'teaching'], 1),
      title: line('Result'),
      organisation: line('Organisation'),
    }),
  },
  'research.h-index': {
    several: false,
    data: data({
      database: oneOf(['scopus', 'wos'], 1),
      profile: line('Profile'),
      year: sql`2026`,
      value: upTo(30, 3),
    }),
  },
  'research.student-research': {
    part: 5,
    data: data({
      level: oneOf(levels, 1),
      event: line('Conference'),
      students: line('Students'),
      prize: yes(5),
    }),
  },
  'research.start-up': {
    data: data({ title: line('Start-up'), contract: line('Contract'), fromThesis: unknown }),
  },
  'research.membership': {
    part: 2,
    several: false,
    data: data({
      body: oneOf(['scientific-technical-council', 'working-group'], 1),
      name: line('Council'),
      order: line('Order'),
    }),
  },
  'research.state-award': {
    several: false,
    data: data({ type: oneOf(['prize', 'scholarship'], 1), title: line('Award'), order: line('Order') }),
  },
  'research.expertise': {
    part: 2,
    data: data({
      subject: oneOf(['monograph', 'textbook', 'grant'], 1),
      title: line('Document'),
      client: line('Client'),
    }),
  },
  'community.sport-result': {
    part: 3,
    data: data({
      level: oneOf(levels, 1),
      competition: line('Competition'),
      students: line('Team'),
      place: upTo(3, 5),
    }),
  },
  'community.sport-event': { part: 2, data: data({ name: line('Event'), place: line('Hall') }) },
  'community.recruitment': {
    part: 3,
    several: false,
    data: data({
      origin: oneOf(['abroad', 'kazakhstan'], 1),
      order: line('Order'),
      applicants: upTo(20, 3),
    }),
  },
  'community.media-publication': {
    part: 6,
    data: data({
      medium: oneOf(['press', 'online', 'television'], 1),
      outlet: line('Outlet'),
      title: line('Title'),
      address: unknown,
    }),
  },
  'community.endowment': {
    part: 2,
    several: false,
    data: data({ donor: line('Donor'), receipt: line('Receipt'), tenge: sql`100 + n % 50000` }),
  },
  'community.ranking-expert': {
    several: false,
    data: data({
      ranking: oneOf(['qs', 'the'], 1),
      group: oneOf(['academics', 'employers'], 3),
      experts: upTo(9, 5),
    }),
  },
  'qualification.language-certificate': {
    part: 2,
    several: false,
    data: data({
      exam: oneOf(['ielts', 'toefl-ibt', 'toefl-itp'], 1),
      score: sql`case n % 3 when 0 then 3 + n / 7 % 13 / 2.0 when 1 then n / 7 % 121 else 310 + n / 7 % 368 end`,
      number: unknown,
    }),
  },
  'qualification.course': {
    part: 5,
    several: false,
    data: data({
      title: line('Course'),
      provider: line('Provider'),
      hours: sql`24 + n % 120`,
      number: unknown,
    }),
  },
  'qualification.internship': {
    several: false,
    data: data({
      host: line('Host'),
      topic: line('Topic'),
      location: oneOf(['abroad', 'kazakhstan'], 1),
      months: sql`(n / 3 % 9 + 1) / 2.0`,
      youngScientist: unknown,
    }),
  },
  'qualification.graduate-employment': {
    data: data({
      programme: line('Programme'),
      graduationYear: sql`2025`,
      percent: sql`70 + n / 3 % 301 / 10.0`,
    }),
  },
}

/** What teachers enter in a year and a half, in every kind that table 1 of KazUTB counts. */
export const kazutbEvidence: readonly EvidenceShape[] = Object.entries(entries).map(([indicator, entry]) => ({
  part: 1,
  ...entry,
  indicator,
}))
