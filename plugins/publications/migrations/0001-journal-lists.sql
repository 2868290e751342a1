-- Lists that rank or recommend journals, one for each source and year, side by side.

create table journal_list (
  id bigint generated always as identity primary key,
  source text not null check (source in ('sjr', 'wos', 'scopus', 'koksnvo')),
  year smallint not null check (year between 1900 and 2200),
  loaded_at timestamptz not null default now(),
  rows integer not null check (rows >= 0),
  sha256 char(64) not null,
  unique (source, year)
);
comment on column journal_list.year is 'the year the ranking is for, as its publisher names it';
comment on column journal_list.rows is 'journals (or journal and category) in the list, without the rows that were refused';
comment on column journal_list.sha256 is 'of the file as it was loaded';

create table journal_list_entry (
  list_id bigint not null references journal_list (id) on delete cascade,
  line integer not null,
  issn char(8),
  title text not null,
  title_key text not null,
  quartile smallint check (quartile between 1 and 4),
  percentile numeric check (percentile between 0 and 100),
  category text,
  unique nulls not distinct (list_id, line, issn)
);
comment on table journal_list_entry is 'a row for each ISSN of a line; one row without ISSN where the list gives none';
comment on column journal_list_entry.issn is 'eight characters without hyphen, checked';
comment on column journal_list_entry.title_key is 'title folded: lower case, no marks, no punctuation, no spaces';
create index journal_list_entry_issn on journal_list_entry (issn, list_id) where issn is not null;
create index journal_list_entry_title on journal_list_entry (title_key, list_id);

-- What all lists together say of a journal for works of a span of years: rebuilt with every load, so that freezing the facts of
-- a year is one join. The rule stands in journals/standing.ts.
create table journal_standing (
  issn char(8) not null,
  from_year smallint not null,
  until_year smallint not null,
  quartile smallint,
  quartile_list text,
  percentile numeric,
  recommended boolean,
  primary key (issn, from_year)
);
comment on column journal_standing.from_year is 'first year of publication this holds for; until_year is the first it no longer holds for';
