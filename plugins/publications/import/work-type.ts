import type { WorkType } from '../work.ts'

/** Types of CSL 1.0.2, as citation-js gives them for BibTeX and RIS too. What is not here is `other`. */
export const cslTypes: Record<string, WorkType> = {
  'article-journal': 'article',
  review: 'review',
  'paper-conference': 'conference-paper',
  speech: 'conference-abstract',
  book: 'book',
  chapter: 'chapter',
  entry: 'chapter',
  'entry-dictionary': 'chapter',
  'entry-encyclopedia': 'chapter',
  thesis: 'dissertation',
  report: 'report',
  article: 'preprint',
  patent: 'patent',
}

/** Types of Crossref's REST API. `posted-content` is decided by its subtype. */
export const crossrefTypes: Record<string, WorkType> = {
  'journal-article': 'article',
  'proceedings-article': 'conference-paper',
  book: 'book',
  'edited-book': 'book',
  'reference-book': 'book',
  monograph: 'monograph',
  'book-chapter': 'chapter',
  'book-section': 'chapter',
  'book-part': 'chapter',
  'reference-entry': 'chapter',
  dissertation: 'dissertation',
  report: 'report',
}

/** Records that describe a container or a part, not something an author published as a work. */
export const notSingleWorks = new Set([
  'journal',
  'journal-issue',
  'journal-volume',
  'component',
  'book-series',
  'book-set',
  'proceedings',
  'proceedings-series',
  'report-series',
  'grant',
])

/** Types of OpenAlex. */
export const openAlexTypes: Record<string, WorkType> = {
  article: 'article',
  review: 'review',
  preprint: 'preprint',
  book: 'book',
  'book-chapter': 'chapter',
  'reference-entry': 'chapter',
  dissertation: 'dissertation',
  report: 'report',
  erratum: 'correction',
  retraction: 'correction',
}

const correctionTitle =
  /^(?:erratum|errata|corrigend|addendum|(?:publisher|author|editorial)(?:[’']s)? correction|correction(?: to\b|\s*:|$)|(?:expression of concern|retraction(?: note| notice)?)\s*(?::|$)|retraction (?:note|notice)|поправк[аи] к|исправлени[ея] к|опечатк)/iu

const preprintServer =
  /^(?:arxiv|corr\b|biorxiv|medrxiv|chemrxiv|psyarxiv|socarxiv|engrxiv|ssrn|research square|preprints(?:\.org)?$|osf preprints|techrxiv)/i

/** DOI prefixes of preprint servers; bioRxiv and medRxiv share 10.1101 with journals and are known by their numbers. */
const preprintDoi =
  /^10\.(?:48550\/arxiv|21203\/rs|26434\/chemrxiv|31234\/osf|31219\/osf|31235\/osf|20944\/preprints|2139\/ssrn|36227\/techrxiv|1101\/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,})/

/** Corrects the type a source gave: a correction notice, or a preprint entered as an article, says so itself. */
export function refineType(
  type: WorkType,
  title: string,
  container: string | null,
  doi: string | null,
): WorkType {
  if (correctionTitle.test(title)) return 'correction'
  const fromServer = preprintServer.test(container ?? '') || (doi !== null && preprintDoi.test(doi))
  return fromServer && (type === 'article' || type === 'other') ? 'preprint' : type
}
