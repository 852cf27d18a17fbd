CREATE TABLE lessons (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    question_id uuid NOT NULL,
    topic_id uuid NOT NULL,
    why text NOT NULL CHECK (why IN ('answered', 'topic_changed', 'handed_off', 'organizer')),
    forgotten_at timestamptz,
    version bigint NOT NULL,
    learnt_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, question_id),
    FOREIGN KEY (hackathon_id, question_id) REFERENCES questions (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, topic_id) REFERENCES topics (hackathon_id, id) ON DELETE CASCADE
);

CREATE INDEX lessons_topic_id ON lessons (topic_id);
CREATE INDEX lessons_updated_at ON lessons (updated_at);
