-- What an outlook was made from and by, and how well that did: kept with it, whatever is known later.

alter table outlook add column card jsonb;
comment on column outlook.card is 'outlook/model-card.ts; null: the outlook is older than cards are';
