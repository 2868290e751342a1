/** First and last day of the rated period, both inclusive, YYYY-MM-DD. */
export interface Period {
  from: string
  to: string
}
