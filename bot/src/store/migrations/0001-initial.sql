-- {{id}} is the engine's self-numbering primary key; everything else is the same text on SQLite and PostgreSQL.
-- Times (`*_ms`) are milliseconds since the epoch. JSON is kept as text: PostgreSQL's jsonb refuses \u0000, which user text may hold.

CREATE TABLE inbox (
  id {{id}},
  guid TEXT NOT NULL UNIQUE,
  event TEXT NOT NULL,
  source TEXT NOT NULL,
  subject TEXT NOT NULL,
  installation_id BIGINT,
  received_at_ms BIGINT NOT NULL,
  state TEXT NOT NULL DEFAULT 'pending',
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at_ms BIGINT NOT NULL,
  lease_token TEXT,
  lease_until_ms BIGINT,
  error TEXT,
  ended_at_ms BIGINT
);
CREATE INDEX inbox_waiting ON inbox (subject, id) WHERE state = 'pending';
CREATE INDEX inbox_next ON inbox (id) WHERE state = 'pending';
CREATE INDEX inbox_dead ON inbox (id) WHERE state = 'dead';
CREATE INDEX inbox_received ON inbox (received_at_ms);
CREATE INDEX inbox_installation ON inbox (installation_id);
-- At most one lease per subject, whatever two workers read at the same moment.
CREATE UNIQUE INDEX inbox_one_lease ON inbox (subject) WHERE lease_token IS NOT NULL;

-- Apart from its delivery, so that an expired payload gives whole pages back.
CREATE TABLE payloads (
  delivery_id BIGINT PRIMARY KEY REFERENCES inbox (id) ON DELETE CASCADE,
  payload TEXT NOT NULL
);

CREATE TABLE decisions (
  id {{id}},
  guid TEXT NOT NULL,
  subject TEXT NOT NULL,
  installation_id BIGINT,
  at_ms BIGINT NOT NULL,
  config_sha TEXT NOT NULL,
  handler TEXT NOT NULL,
  rule TEXT NOT NULL,
  verdict TEXT NOT NULL,
  because TEXT NOT NULL,
  confidence DOUBLE PRECISION,
  evidence TEXT NOT NULL,
  effects TEXT NOT NULL,
  memos TEXT NOT NULL
);
CREATE INDEX decisions_subject ON decisions (subject, id);
CREATE INDEX decisions_guid ON decisions (guid);
CREATE INDEX decisions_handler ON decisions (handler, verdict);
CREATE INDEX decisions_installation ON decisions (installation_id);

CREATE TABLE memos (
  id {{id}},
  decision_id BIGINT NOT NULL,
  subject TEXT NOT NULL,
  installation_id BIGINT,
  at_ms BIGINT NOT NULL,
  memo TEXT NOT NULL
);
CREATE INDEX memos_subject ON memos (subject, id);
CREATE INDEX memos_installation ON memos (installation_id);

CREATE TABLE timeline (
  id {{id}},
  guid TEXT NOT NULL,
  subject TEXT NOT NULL,
  installation_id BIGINT,
  at_ms BIGINT NOT NULL,
  event TEXT NOT NULL
);
CREATE INDEX timeline_subject ON timeline (subject, at_ms, id);
CREATE INDEX timeline_installation ON timeline (installation_id);

CREATE TABLE outbox (
  id {{id}},
  idempotency_key TEXT NOT NULL UNIQUE,
  decision_id BIGINT NOT NULL,
  guid TEXT NOT NULL,
  subject TEXT NOT NULL,
  installation_id BIGINT NOT NULL,
  repository_id BIGINT NOT NULL,
  at_ms BIGINT NOT NULL,
  type TEXT NOT NULL,
  effect TEXT NOT NULL,
  state TEXT NOT NULL,
  because TEXT,
  inverse_of BIGINT,
  attempts INTEGER NOT NULL DEFAULT 0,
  run_at_ms BIGINT NOT NULL,
  lease_token TEXT,
  lease_until_ms BIGINT,
  result TEXT,
  error TEXT,
  new_comment INTEGER NOT NULL DEFAULT 0,
  ended_at_ms BIGINT
);
CREATE INDEX outbox_waiting ON outbox (subject, id) WHERE state = 'pending';
CREATE INDEX outbox_next ON outbox (id) WHERE state = 'pending';
CREATE INDEX outbox_kept ON outbox (id) WHERE state = 'withheld';
CREATE INDEX outbox_subject ON outbox (subject, id);
CREATE INDEX outbox_new_comments ON outbox (repository_id, ended_at_ms) WHERE new_comment = 1;
CREATE INDEX outbox_installation ON outbox (installation_id);
CREATE UNIQUE INDEX outbox_one_lease ON outbox (subject) WHERE lease_token IS NOT NULL;

CREATE TABLE items (
  subject TEXT PRIMARY KEY,
  installation_id BIGINT NOT NULL,
  repository_id BIGINT NOT NULL,
  state TEXT NOT NULL,
  ref TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  seen_at_ms BIGINT NOT NULL
);
CREATE INDEX items_open ON items (repository_id, state);
CREATE INDEX items_installation ON items (installation_id);

CREATE TABLE configuration (
  scope TEXT PRIMARY KEY,
  installation_id BIGINT,
  sha TEXT NOT NULL,
  source TEXT NOT NULL,
  content TEXT NOT NULL,
  stored_at_ms BIGINT NOT NULL
);

CREATE TABLE cursors (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE installations (
  id BIGINT PRIMARY KEY,
  account TEXT NOT NULL,
  permissions TEXT NOT NULL,
  updated_at_ms BIGINT NOT NULL
);

CREATE TABLE pauses (
  installation_id BIGINT PRIMARY KEY,
  until_ms BIGINT NOT NULL
);
