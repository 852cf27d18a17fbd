//! Who can sign in, and what was kept for them.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Everybody who can sign in or is named in a hackathon.
    users (id) {
        /// Id.
        id -> Uuid_,
        /// As it was written.
        email -> Text,
        /// What is compared.
        email_folded -> Text,
        /// Display name.
        display_name -> Text,
        /// Phone.
        phone -> Nullable<Text>,
        /// Locale.
        locale -> Text,
        /// Whether they administer this server.
        admin -> Bool,
        /// State.
        state -> Text,
        /// Argon2id, PHC string; none: they cannot sign in with a password.
        password_hash -> Nullable<Text>,
        /// Grows with every change.
        version -> BigInt,
        /// Created at.
        created_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// One sign-in, until it ends.
    sessions (id) {
        /// Id.
        id -> Uuid_,
        /// User id.
        user_id -> Uuid_,
        /// Created at.
        created_at -> Instant_,
        /// Expires at.
        expires_at -> Instant_,
        /// Ended at.
        ended_at -> Nullable<Instant_>,
        /// What program it was opened with, as it called itself.
        agent -> Nullable<Text>,
        /// Digest of the account and the address it was opened from.
        origin -> Text,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The tokens that renew a session, each used once.
    refresh_tokens (id) {
        /// Id.
        id -> Uuid_,
        /// Session id.
        session_id -> Uuid_,
        /// SHA-256 of the token, hexadecimal.
        hash -> Text,
        /// Issued at.
        issued_at -> Instant_,
        /// Expires at.
        expires_at -> Instant_,
        /// Used at.
        used_at -> Nullable<Instant_>,
        /// The token it was exchanged for.
        successor_id -> Nullable<Uuid_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Tokens for scripts.
    api_tokens (id) {
        /// Id.
        id -> Uuid_,
        /// User id.
        user_id -> Uuid_,
        /// Name.
        name -> Text,
        /// SHA-256 of the token, hexadecimal.
        hash -> Text,
        /// A list of "read" and "write".
        scopes -> Json_,
        /// Created at.
        created_at -> Instant_,
        /// Expires at.
        expires_at -> Instant_,
        /// Ended at.
        ended_at -> Nullable<Instant_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The keys that sign access tokens.
    signing_keys (kid) {
        /// Kid.
        kid -> Text,
        /// PKCS #8, base64.
        private_key -> Text,
        /// 32 bytes, base64url.
        public_key -> Text,
        /// Created at.
        created_at -> Instant_,
        /// It signs new tokens before this.
        signs_until -> Instant_,
        /// Its tokens are accepted before this.
        checks_until -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Failed sign-ins, by account and by address.
    throttles (subject) {
        /// Subject.
        subject -> Text,
        /// Failures.
        failures -> Integer,
        /// Last at.
        last_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// The link that makes the first administrator.
    setup_links (hash) {
        /// Hash.
        hash -> Text,
        /// Created at.
        created_at -> Instant_,
        /// Expires at.
        expires_at -> Instant_,
        /// Used at.
        used_at -> Nullable<Instant_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Links by which a forgotten password is chosen anew.
    password_links (hash) {
        /// Hash.
        hash -> Text,
        /// Whose password.
        user_id -> Uuid_,
        /// Created at.
        created_at -> Instant_,
        /// Expires at.
        expires_at -> Instant_,
        /// Used at.
        used_at -> Nullable<Instant_>,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Answers kept for callers that repeat a request with its Idempotency-Key.
    kept_answers (owner, idempotency_key) {
        /// Whose key it is.
        owner -> Text,
        /// Idempotency key.
        idempotency_key -> Text,
        /// SHA-256 of method, path and body.
        fingerprint -> Text,
        /// Status.
        status -> Integer,
        /// Headers.
        headers -> Json_,
        /// Body.
        body -> Text,
        /// Created at.
        created_at -> Instant_,
    }
}
