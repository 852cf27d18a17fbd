CREATE TABLE webhooks (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    url TEXT NOT NULL,
    events TEXT NOT NULL CHECK (json_valid(events)),
    secret TEXT NOT NULL,
    previous_secret TEXT,
    previous_until TEXT,
    off_at TEXT,
    off_because TEXT CHECK (off_because IN ('organizer', 'gone', 'failing')),
    hears_since TEXT NOT NULL,
    failing_since TEXT,
    taken_until TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
    CHECK ((off_at IS NULL) = (off_because IS NULL))
) STRICT;

CREATE TABLE webhook_deliveries (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    webhook_id TEXT NOT NULL,
    message_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    due_at TEXT NOT NULL,
    tried_at TEXT,
    took INTEGER,
    failure TEXT CHECK (failure IN (
        'status', 'address_not_allowed', 'no_address', 'not_connected', 'not_trusted', 'timeout', 'broken', 'switched_off'
    )),
    status INTEGER,
    answer TEXT,
    settled_at TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK ((settled_at IS NULL) = (state = 'waiting')),
    CHECK ((tried_at IS NULL) = (took IS NULL)),
    CHECK ((tried_at IS NULL) = (attempts = 0)),
    FOREIGN KEY (hackathon_id, webhook_id) REFERENCES webhooks (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX webhook_deliveries_webhook_id ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_settled_at ON webhook_deliveries (settled_at);
