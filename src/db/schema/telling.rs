//! What happened in the order in which it was committed, who was told of it, and the mails that tell it.

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// How far each hackathon's outbox goes.
    outbox_ends (hackathon_id) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The last position given.
        last -> BigInt,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Every event of a hackathon's questions in the order of their commits.
    outbox (hackathon_id, position) {
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// From 1 without gaps.
        position -> BigInt,
        /// Question id.
        question_id -> Uuid_,
        /// The number of the event in its question's history.
        seq -> Integer,
        /// Kind.
        kind -> Text,
        /// Whether only those who read notes hear of it.
        internal -> Bool,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// How far each reader of the outbox has come.
    outbox_readers (reader, hackathon_id) {
        /// Which reader.
        reader -> Text,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The last position that it has dealt with.
        position -> BigInt,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Where people want to be told, where they said so or were mailed.
    notification_preferences (user_id) {
        /// User id.
        user_id -> Uuid_,
        /// Whether they are told in the application.
        web -> Bool,
        /// off, digest or each.
        email -> Text,
        /// What stands in the address that stops the mails.
        unsubscribe -> Text,
        /// Version.
        version -> BigInt,
        /// Updated at.
        updated_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Mails that wait, and what became of those that do not.
    mails (id) {
        /// Id.
        id -> Uuid_,
        /// To whom.
        user_id -> Uuid_,
        /// digest or each.
        kind -> Text,
        /// State.
        state -> Text,
        /// How often it was tried.
        attempts -> Integer,
        /// When it is to be tried next.
        due_at -> Instant_,
        /// Until when somebody tries.
        taken_until -> Nullable<Instant_>,
        /// When it was settled.
        settled_at -> Nullable<Instant_>,
        /// What the mail server said last.
        last_error -> Nullable<Text>,
        /// Created at.
        created_at -> Instant_,
    }
}

diesel::table! {
    use crate::db::types::*;
    use diesel::sql_types::*;

    /// Who was told of which event, and why they were.
    notifications (id) {
        /// Id.
        id -> Uuid_,
        /// Hackathon id.
        hackathon_id -> Uuid_,
        /// The person.
        member_id -> Uuid_,
        /// Question id.
        question_id -> Nullable<Uuid_>,
        /// The number of the event in the question's history.
        seq -> Nullable<Integer>,
        /// Why they were told.
        reason -> Text,
        /// Whether they are shown it in the application.
        web -> Bool,
        /// The mail that it goes out with.
        mail_id -> Nullable<Uuid_>,
        /// Created at.
        created_at -> Instant_,
        /// When they read it.
        read_at -> Nullable<Instant_>,
        /// The reminder, where it is of one and of no question.
        reminder_id -> Nullable<Uuid_>,
    }
}
