CREATE TABLE judgings (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    submissions_due_at timestamptz,
    version bigint NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (hackathon_id)
);

CREATE TABLE criteria (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name jsonb NOT NULL,
    weight integer NOT NULL CHECK (weight BETWEEN 1 AND 100),
    position integer NOT NULL CHECK (position > 0),
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id)
);

CREATE TABLE submissions (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    team_id uuid NOT NULL,
    title text NOT NULL,
    summary text,
    links jsonb NOT NULL,
    submitted_by uuid NOT NULL,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    UNIQUE (hackathon_id, team_id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, submitted_by) REFERENCES members (hackathon_id, id)
);

CREATE TABLE conflicts (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    judge_id uuid NOT NULL,
    team_id uuid NOT NULL,
    reason text NOT NULL,
    declared_by uuid NOT NULL REFERENCES users (id),
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (judge_id, team_id),
    FOREIGN KEY (hackathon_id, judge_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE
);

CREATE TABLE scores (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    submission_id uuid NOT NULL,
    judge_id uuid NOT NULL,
    comment text,
    sealed_at timestamptz,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    UNIQUE (submission_id, judge_id),
    FOREIGN KEY (hackathon_id, submission_id) REFERENCES submissions (hackathon_id, id),
    FOREIGN KEY (hackathon_id, judge_id) REFERENCES members (hackathon_id, id)
);

CREATE TABLE score_points (
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    score_id uuid NOT NULL,
    criterion_id uuid NOT NULL,
    points integer NOT NULL CHECK (points BETWEEN 0 AND 10),
    PRIMARY KEY (score_id, criterion_id),
    FOREIGN KEY (hackathon_id, score_id) REFERENCES scores (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, criterion_id) REFERENCES criteria (hackathon_id, id)
);

CREATE TABLE awards (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name jsonb NOT NULL,
    sponsor_id uuid,
    submission_id uuid,
    reason text,
    version bigint NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    FOREIGN KEY (hackathon_id, sponsor_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, submission_id) REFERENCES submissions (hackathon_id, id)
);

CREATE TABLE judging_changes (
    id uuid NOT NULL,
    hackathon_id uuid NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('judging', 'criterion', 'submission', 'conflict', 'score', 'award')),
    thing_id uuid NOT NULL,
    action text NOT NULL CHECK (action IN ('made', 'changed', 'removed', 'sealed')),
    changed_by uuid NOT NULL REFERENCES users (id),
    before jsonb,
    after jsonb,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (id)
);

CREATE INDEX criteria_hackathon_id ON criteria (hackathon_id);
CREATE INDEX scores_hackathon_id ON scores (hackathon_id);
CREATE INDEX conflicts_hackathon_id ON conflicts (hackathon_id);
CREATE INDEX awards_hackathon_id ON awards (hackathon_id);
CREATE INDEX judging_changes_hackathon_id ON judging_changes (hackathon_id);
