CREATE TABLE outbox_ends (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    last bigint NOT NULL CHECK (last > 0),
    PRIMARY KEY (hackathon_id)
);

CREATE TABLE outbox (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    position bigint NOT NULL CHECK (position > 0),
    question_id uuid NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    internal boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (hackathon_id, position),
    UNIQUE (question_id, seq),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (question_id, seq) REFERENCES question_events (question_id, seq) ON DELETE CASCADE
);

CREATE TABLE outbox_readers (
    reader text NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    position bigint NOT NULL CHECK (position >= 0),
    PRIMARY KEY (reader, hackathon_id)
);

CREATE TABLE notification_preferences (
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    web boolean NOT NULL,
    email text NOT NULL CHECK (email IN ('off', 'digest', 'each')),
    unsubscribe text NOT NULL,
    version bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (user_id),
    UNIQUE (unsubscribe)
);

CREATE TABLE mails (
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('digest', 'each')),
    state text NOT NULL CHECK (state IN ('waiting', 'sent', 'needless', 'dead')),
    attempts integer NOT NULL CHECK (attempts >= 0),
    due_at timestamptz NOT NULL,
    taken_until timestamptz,
    settled_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
);

CREATE TABLE notifications (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    member_id uuid NOT NULL,
    question_id uuid NOT NULL,
    seq integer NOT NULL,
    reason text NOT NULL CHECK (reason IN ('named', 'offered', 'holder', 'assignee', 'asker', 'sender', 'organizer', 'wanted', 'took_part', 'consulted', 'informed', 'merged')),
    web boolean NOT NULL,
    mail_id uuid REFERENCES mails (id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL,
    read_at timestamptz,
    PRIMARY KEY (id),
    UNIQUE (member_id, question_id, seq),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (question_id, seq) REFERENCES question_events (question_id, seq) ON DELETE CASCADE
);

CREATE INDEX outbox_created_at ON outbox (created_at);
CREATE INDEX mails_due_at ON mails (due_at) WHERE state = 'waiting';
CREATE INDEX mails_user_id ON mails (user_id);
CREATE INDEX notifications_question_id ON notifications (question_id);
CREATE INDEX notifications_mail_id ON notifications (mail_id) WHERE mail_id IS NOT NULL;
