/** What it takes for a result to be known, and to be looked at. All are declared to readers by the page and the README. */
export const thresholds = {
  /** Fewer students are not shown and not measured: a mean of four tells who they are. */
  leastStudents: 5,
  /** Students of the norm that a difference can rest on. */
  leastNormStudents: 20,
  /** Share of the enrolled with a grade and a known prior attainment. */
  leastCoverage: '0.5',
  /** Other courses of the academic year that a prior attainment rests on. */
  leastOtherCourses: 2,
  /** Results of a period that the spread between teachers can be told from (Morris 1983: k of at least 3). */
  leastResults: 3,
  /** Years, the present one among them, that a norm is made of. */
  normYears: 5,
  /** A difference of at least so many standard deviations of grades, and of so many standard errors, is looked at before it counts. */
  rise: '0.5',
  riseErrors: '3',
  /** How far a difference may move before what was said about it no longer holds. */
  reviewHolds: '0.1',
} as const
