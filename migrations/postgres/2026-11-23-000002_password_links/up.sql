CREATE TABLE password_links (
    hash text NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (hash)
);

CREATE INDEX password_links_user_id ON password_links (user_id);
