-- What Crossref answered about a DOI, so that a look-up works again without the network and asks no more than needed.

create table doi_answer (
  doi text primary key,
  status text not null check (status in ('found', 'not-found')),
  answer jsonb,
  fetched_at timestamptz not null,
  check ((status = 'found') = (answer is not null))
);
comment on column doi_answer.doi is 'lower case, without address';
comment on column doi_answer.answer is 'the message of the REST API as it came';
