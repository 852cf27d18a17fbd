CREATE TABLE password_links (
    hash TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (hash)
) STRICT;

CREATE INDEX password_links_user_id ON password_links (user_id);
