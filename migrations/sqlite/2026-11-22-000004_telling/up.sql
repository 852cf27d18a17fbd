CREATE TABLE outbox_ends (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    last INTEGER NOT NULL CHECK (last > 0),
    PRIMARY KEY (hackathon_id)
) STRICT;

CREATE TABLE outbox (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position > 0),
    question_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    internal INTEGER NOT NULL CHECK (internal IN (0, 1)),
    created_at TEXT NOT NULL,
    PRIMARY KEY (hackathon_id, position),
    UNIQUE (question_id, seq),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (question_id, seq) REFERENCES question_events (question_id, seq) ON DELETE CASCADE
) STRICT;

CREATE TABLE outbox_readers (
    reader TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    position INTEGER NOT NULL CHECK (position >= 0),
    PRIMARY KEY (reader, hackathon_id)
) STRICT;

CREATE TABLE notification_preferences (
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    web INTEGER NOT NULL CHECK (web IN (0, 1)),
    email TEXT NOT NULL CHECK (email IN ('off', 'digest', 'each')),
    unsubscribe TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (user_id),
    UNIQUE (unsubscribe)
) STRICT;

CREATE TABLE mails (
    id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('digest', 'each')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'needless', 'dead')),
    attempts INTEGER NOT NULL CHECK (attempts >= 0),
    due_at TEXT NOT NULL,
    taken_until TEXT,
    settled_at TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    CHECK ((state = 'waiting') = (settled_at IS NULL))
) STRICT;

CREATE TABLE notifications (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    member_id TEXT NOT NULL,
    question_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('named', 'offered', 'holder', 'assignee', 'asker', 'sender', 'organizer', 'wanted', 'took_part', 'consulted', 'informed', 'merged')),
    web INTEGER NOT NULL CHECK (web IN (0, 1)),
    mail_id TEXT REFERENCES mails (id) ON DELETE SET NULL,
    created_at TEXT NOT NULL,
    read_at TEXT,
    PRIMARY KEY (id),
    UNIQUE (member_id, question_id, seq),
    FOREIGN KEY (hackathon_id, member_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (question_id, seq) REFERENCES question_events (question_id, seq) ON DELETE CASCADE
) STRICT;

CREATE INDEX outbox_created_at ON outbox (created_at);
CREATE INDEX mails_due_at ON mails (due_at) WHERE state = 'waiting';
CREATE INDEX mails_user_id ON mails (user_id);
CREATE INDEX notifications_question_id ON notifications (question_id);
CREATE INDEX notifications_mail_id ON notifications (mail_id) WHERE mail_id IS NOT NULL;
