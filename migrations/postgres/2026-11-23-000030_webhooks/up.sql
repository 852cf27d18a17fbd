CREATE TABLE webhooks (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name text NOT NULL,
    url text NOT NULL,
    events jsonb NOT NULL,
    secret text NOT NULL,
    previous_secret text,
    previous_until timestamptz,
    off_at timestamptz,
    off_because text CHECK (off_because IN ('organizer', 'gone', 'failing')),
    hears_since timestamptz NOT NULL,
    failing_since timestamptz,
    taken_until timestamptz,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    CHECK ((previous_secret IS NULL) = (previous_until IS NULL)),
    CHECK ((off_at IS NULL) = (off_because IS NULL))
);

CREATE TABLE webhook_deliveries (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    webhook_id uuid NOT NULL,
    message_id uuid NOT NULL,
    position bigint NOT NULL,
    event text NOT NULL,
    body text NOT NULL,
    state text NOT NULL CHECK (state IN ('waiting', 'delivered', 'failed')),
    attempts integer NOT NULL CHECK (attempts >= 0),
    due_at timestamptz NOT NULL,
    tried_at timestamptz,
    took integer,
    failure text CHECK (failure IN (
        'status', 'address_not_allowed', 'no_address', 'not_connected', 'not_trusted', 'timeout', 'broken', 'switched_off'
    )),
    status integer,
    answer text,
    settled_at timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK ((settled_at IS NULL) = (state = 'waiting')),
    CHECK ((tried_at IS NULL) = (took IS NULL)),
    CHECK ((tried_at IS NULL) = (attempts = 0)),
    FOREIGN KEY (hackathon_id, webhook_id) REFERENCES webhooks (hackathon_id, id) ON DELETE CASCADE
);

CREATE INDEX webhook_deliveries_webhook_id ON webhook_deliveries (webhook_id, id);
CREATE INDEX webhook_deliveries_waiting ON webhook_deliveries (webhook_id, due_at) WHERE state = 'waiting';
CREATE INDEX webhook_deliveries_settled_at ON webhook_deliveries (settled_at);
