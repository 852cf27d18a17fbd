//! What routers learn from questions.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Topics that questions turned out to be about.
    lessons (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The question, one lesson each.
        question_id -> Uuid_,
        /// The topic it turned out to be about.
        topic_id -> Uuid_,
        /// How that is known.
        why -> Text,
        /// Since when the router must not use it.
        forgotten_at -> Nullable<Instant_>,
        /// Version.
        version -> BigInt,
        /// Learnt at.
        learnt_at -> Instant_,
        /// Updated at.
        updated_at -> Instant_,
    }
}
