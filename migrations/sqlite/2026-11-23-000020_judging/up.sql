CREATE TABLE judgings (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    submissions_due_at TEXT,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (hackathon_id)
) STRICT;

CREATE TABLE criteria (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (json_valid(name)),
    weight INTEGER NOT NULL CHECK (weight BETWEEN 1 AND 100),
    position INTEGER NOT NULL CHECK (position > 0),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id)
) STRICT;

CREATE TABLE submissions (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    team_id TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT,
    links TEXT NOT NULL CHECK (json_valid(links)),
    submitted_by TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    UNIQUE (hackathon_id, team_id),
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id),
    FOREIGN KEY (hackathon_id, submitted_by) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE conflicts (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    judge_id TEXT NOT NULL,
    team_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    declared_by TEXT NOT NULL REFERENCES users (id),
    created_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (judge_id, team_id),
    FOREIGN KEY (hackathon_id, judge_id) REFERENCES members (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, team_id) REFERENCES teams (hackathon_id, id) ON DELETE CASCADE
) STRICT;

CREATE TABLE scores (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    submission_id TEXT NOT NULL,
    judge_id TEXT NOT NULL,
    comment TEXT,
    sealed_at TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    UNIQUE (submission_id, judge_id),
    FOREIGN KEY (hackathon_id, submission_id) REFERENCES submissions (hackathon_id, id),
    FOREIGN KEY (hackathon_id, judge_id) REFERENCES members (hackathon_id, id)
) STRICT;

CREATE TABLE score_points (
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    score_id TEXT NOT NULL,
    criterion_id TEXT NOT NULL,
    points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 10),
    PRIMARY KEY (score_id, criterion_id),
    FOREIGN KEY (hackathon_id, score_id) REFERENCES scores (hackathon_id, id) ON DELETE CASCADE,
    FOREIGN KEY (hackathon_id, criterion_id) REFERENCES criteria (hackathon_id, id)
) STRICT;

CREATE TABLE awards (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (json_valid(name)),
    sponsor_id TEXT,
    submission_id TEXT,
    reason TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (hackathon_id, id),
    FOREIGN KEY (hackathon_id, sponsor_id) REFERENCES hackathon_organizations (hackathon_id, organization_id),
    FOREIGN KEY (hackathon_id, submission_id) REFERENCES submissions (hackathon_id, id)
) STRICT;

CREATE TABLE judging_changes (
    id TEXT NOT NULL,
    hackathon_id TEXT NOT NULL REFERENCES hackathons (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('judging', 'criterion', 'submission', 'conflict', 'score', 'award')),
    thing_id TEXT NOT NULL,
    action TEXT NOT NULL CHECK (action IN ('made', 'changed', 'removed', 'sealed')),
    changed_by TEXT NOT NULL REFERENCES users (id),
    before TEXT CHECK (json_valid(before)),
    after TEXT CHECK (json_valid(after)),
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX criteria_hackathon_id ON criteria (hackathon_id);
CREATE INDEX scores_hackathon_id ON scores (hackathon_id);
CREATE INDEX conflicts_hackathon_id ON conflicts (hackathon_id);
CREATE INDEX awards_hackathon_id ON awards (hackathon_id);
CREATE INDEX judging_changes_hackathon_id ON judging_changes (hackathon_id);
