import { regulationDocumentSchema } from '../../../core/contract/index.ts'
import type { RegulationDocument } from '../../../core/contract/index.ts'

const text = (word: string) => ({ kk: word, ru: word, en: word })
const named = (id: string) => ({ id, title: text(id) })

/** What the criteria of KazUTB's table do beside their points, by their ids. */
const changes: Readonly<Record<string, Record<string, unknown>>> = {
  '1.4.1': { capPerFact: '25' },
  '2.2.1': {
    factors: ['quartile'],
    split: { kind: 'by-count', parts: { 1: '1', 2: '0.8' }, beyond: 'equal' },
    keep: [{ ...named('best'), most: 3 }],
  },
  '2.2.1-scopus': {
    factors: ['quartile'],
    split: { kind: 'by-count', parts: { 1: '1', 2: '0.8' }, beyond: 'equal' },
  },
  '2.2.2': { keep: [{ ...named('journal'), most: 1, per: ['container'], prefer: 'latest' }] },
  '2.3.1': { split: { kind: 'by-order', parts: ['0.7', '0.3'] } },
  '2.4.1': { split: { kind: 'formula', formula: 'max(0.6, 1 / affiliated)' } },
  '2.4.2': { split: { kind: 'formula', formula: 'max(0.6, 1 / affiliated)' } },
  '3.2.1': {
    points: { kind: 'per-value', of: 'applicants', points: '30', per: '10', wholeBlocks: true },
    together: 'sum',
  },
  '3.2.2': {
    points: { kind: 'per-value', of: 'applicants', points: '20', per: '10', wholeBlocks: true },
    together: 'sum',
  },
  '3.4': { capPerFact: '150', cap: '400' },
  '4.1.1': { window: { years: 2 }, factors: ['decay'], keep: [{ ...named('certificate'), most: 1 }] },
  '4.1.1-toefl': { window: { years: 2 }, factors: ['decay'], keep: [{ ...named('toefl'), most: 1 }] },
  '4.2.1': { points: { kind: 'formula', formula: '15 / 50 * percent - 15' } },
}
const byRole = { factors: ['role'] }

/**
 * The richest rules in use over table 1 of KazUTB without its survey: coefficients of role, quartile and age; five kinds of split; the best facts, one of
 * a journal, one of two clauses; whole blocks of a sum; caps of facts, criteria, groups, areas; a group and an area held to a share
 * of the total; windows; leave made up for; what heads get of their staff; areas on a scale within the league; norms by the days in
 * each position; requirements of places and money; bands by the part of the league; money; places of units.
 */
export function richRegulation(table: RegulationDocument): RegulationDocument {
  const criteria = table.criteria
    .filter(({ area }) => area !== 'K5')
    .map((criterion) => ({
      ...criterion,
      ...(criterion.id.startsWith('2.1.') && criterion.id !== '2.1.8' ? byRole : {}),
      ...changes[criterion.id],
    }))
  return regulationDocumentSchema.parse({
    ...table,
    code: 'bench-rich',
    version: '1',
    areas: table.areas
      .filter(({ id }) => id !== 'K5')
      .map((area) => ({
        ...area,
        cap: area.id === 'K4' ? '700' : null,
        shareOfTotal: area.id === 'K3' ? '0.25' : null,
      })),
    coefficients: [
      {
        ...named('role'),
        rule: {
          kind: 'table',
          by: 'role',
          points: { lead: '1', executor: '0.5' },
          otherwise: '1',
          whenUnknown: '1',
        },
      },
      {
        ...named('quartile'),
        rule: {
          kind: 'table',
          by: 'quartile',
          points: { Q1: '1.5', Q2: '1.25', Q3: '1', Q4: '0.75' },
          otherwise: '0.5',
          whenUnknown: '0.5',
        },
      },
      { ...named('decay'), rule: { kind: 'formula', formula: 'if(age >= 1, 0.5, 1)' } },
    ],
    criteria,
    groups: [
      { ...named('olympiads'), criteria: ['1.1.6', '1.1.7'], cap: '120' },
      { ...named('books'), criteria: ['1.2.1', '1.2.2', '1.2.3', '1.2.4'], shareOfTotal: '0.2' },
      { ...named('property'), criteria: ['2.4.1', '2.4.2', '2.4.3'], cap: '500' },
    ],
    once: [
      { ...named('students'), criteria: ['2.2.1', '2.2.3'], prefer: 'points' },
      { ...named('prize'), criteria: ['2.6.1', '2.6.3'], prefer: 'order' },
    ],
    exclusions: [
      {
        ...named('television'),
        indicator: 'community.media-publication',
        where: [{ value: 'medium', is: ['television'] }],
      },
    ],
    extrapolation: { ...named('leave'), absence: ['leave'], areas: ['K1', 'K2'], atLeastDays: 90 },
    rollUps: [
      {
        ...named('heads'),
        area: 'K4',
        from: ['K1', 'K2'],
        statistic: 'mean',
        weight: '0.05',
        leaders: 'department',
      },
    ],
    normalisation: { areas: { method: 'share-of-maximum', factor: '100' } },
    norms: [
      {
        ...named('K6'),
        mode: 'ratio',
        position: 'by-days',
        prorate: ['rate'],
        byPosition: table.norms[0]!.byPosition,
      },
    ],
    requirements: [
      {
        ...named('article'),
        checks: [{ of: ['2.2.1', '2.2.1-scopus', '2.2.1-scopus-quartile'], measure: 'facts', atLeast: '1' }],
        effect: { kind: 'place', notAbove: 11 },
      },
      {
        ...named('breadth'),
        checks: ['K1', 'K2', 'K3', 'K4'].map((id) => ({ of: [id], atLeast: '150' })),
        needed: 3,
        effect: { kind: 'no-money' },
      },
    ],
    bandsBy: 'league-percent',
    bands: [
      { ...named('first'), from: null, to: '10' },
      { ...named('middle'), from: '10', to: '60' },
      { ...named('rest'), from: '60', to: null },
    ],
    units: 'per-fte',
    weighting: { id: 'shares.percent', params: { shares: { K1: '30', K2: '40', K3: '10', K4: '20' } } },
    money: {
      kind: 'base',
      ...named('bonus'),
      currency: 'KZT',
      base: '850000',
      rates: { professor: '100', 'associate-professor': '90', 'senior-lecturer': '80', lecturer: '70' },
      per: '10',
    },
    examples: [],
  })
}
