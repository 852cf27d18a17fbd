//! Webhooks, and what was and is sent to them.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Addresses of other programs that are told what happens.
    webhooks (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// Name.
        name -> Text,
        /// Where messages are sent.
        url -> Text,
        /// A list of types; empty: all of them.
        events -> Json_,
        /// What messages are signed with.
        secret -> Text,
        /// What they are signed with besides,
        previous_secret -> Nullable<Text>,
        /// until when.
        previous_until -> Nullable<Instant_>,
        /// Since when it is switched off,
        off_at -> Nullable<Instant_>,
        /// and why.
        off_because -> Nullable<Text>,
        /// It hears of nothing that happened before.
        hears_since -> Instant_,
        /// Since when nothing has reached it.
        failing_since -> Nullable<Instant_>,
        /// Until when somebody sends to it.
        taken_until -> Nullable<Instant_>,
        /// Version.
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

    /// Messages on their way to webhooks, and what came of them.
    webhook_deliveries (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The webhook.
        webhook_id -> Uuid_,
        /// The message, the same however often it is sent.
        message_id -> Uuid_,
        /// Where its event stands in the outbox; 0 for a test.
        position -> BigInt,
        /// Its type.
        event -> Text,
        /// What is signed and sent, to the letter.
        body -> Text,
        /// State.
        state -> Text,
        /// How often it was tried.
        attempts -> Integer,
        /// When it is to be tried next.
        due_at -> Instant_,
        /// When it was tried last,
        tried_at -> Nullable<Instant_>,
        /// and how many milliseconds that took.
        took -> Nullable<Integer>,
        /// Why it failed.
        failure -> Nullable<Text>,
        /// The status of the answer.
        status -> Nullable<Integer>,
        /// The beginning of the answer's body.
        answer -> Nullable<Text>,
        /// When it was settled.
        settled_at -> Nullable<Instant_>,
        /// Created at.
        created_at -> Instant_,
    }
}
