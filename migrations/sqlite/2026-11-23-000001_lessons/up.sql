CREATE TABLE lessons (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id TEXT NOT NULL,
    topic_id TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why IN ('answered', 'topic_changed', 'handed_off', 'organizer')),
    forgotten_at TEXT,
    version INTEGER NOT NULL,
    learnt_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, question_id),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE INDEX lessons_topic_id ON lessons (topic_id);
CREATE INDEX lessons_updated_at ON lessons (updated_at);
