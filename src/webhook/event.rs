//! The types of messages. What happens to a question has the names that other programs have got used to: what was done to what.

use crate::question::What;
use crate::words;

words! {
    /// The type of a message.
    EventType / EventTypeShape {
        /// A question was asked.
        Asked = "question.asked",
        /// It was brought to a holder.
        Routed = "question.routed",
        /// When it was brought there, nobody was on duty.
        NoOneOnDuty = "question.no_one_on_duty",
        /// Its words were changed.
        Edited = "question.edited",
        /// It is about something else than it seemed.
        TopicChanged = "question.topic_changed",
        /// Others may see it, or may not any more.
        VisibilityChanged = "question.visibility_changed",
        /// Somebody took it.
        Claimed = "question.claimed",
        /// It was given back.
        Released = "question.released",
        /// Somebody took it from somebody.
        TakenOver = "question.taken_over",
        /// It was given to a named person.
        Reassigned = "question.reassigned",
        /// It was answered.
        Answered = "question.answered",
        /// Somebody commented on it.
        Commented = "question.commented",
        /// The asker must say more.
        Waiting = "question.waiting",
        /// The asker did.
        Resumed = "question.resumed",
        /// An answer was accepted.
        Accepted = "question.accepted",
        /// It was closed.
        Closed = "question.closed",
        /// It was taken back.
        Withdrawn = "question.withdrawn",
        /// It was merged into another one.
        Merged = "question.merged",
        /// Another one was merged into it.
        Absorbed = "question.absorbed",
        /// It was opened again.
        Reopened = "question.reopened",
        /// A promise was not kept.
        Overdue = "question.overdue",
        /// Somebody was told that something has not happened.
        Escalated = "question.escalated",
        /// Nothing had happened for a long time.
        Reminded = "question.reminded",
        /// It has been handed on often.
        ManyHops = "question.many_hops",
        /// It was offered to another holder.
        HandoffOffered = "handoff.offered",
        /// The other holder took it.
        HandoffAccepted = "handoff.accepted",
        /// The other holder did not take it.
        HandoffDeclined = "handoff.declined",
        /// The offer was taken back.
        HandoffWithdrawn = "handoff.withdrawn",
        /// Nobody answered the offer in time.
        HandoffExpired = "handoff.expired",
        /// Somebody without an account was asked to answer.
        GuestInvited = "guest.invited",
        /// Their link was taken back.
        GuestRevoked = "guest.revoked",
        /// Somebody asked for it, to see whether messages arrive.
        Test = "webhook.test",
    }
}

impl EventType {
    /// What an event is called; none for what leaves the house to nobody: internal notes.
    pub fn of(what: &What) -> Option<EventType> {
        Some(match what {
            What::Noted { .. } => return None,
            What::Asked { .. } => EventType::Asked,
            What::Routed { .. } => EventType::Routed,
            What::NoOneOnDuty {} => EventType::NoOneOnDuty,
            What::Edited { .. } => EventType::Edited,
            What::TopicChanged { .. } => EventType::TopicChanged,
            What::VisibilityChanged { .. } => EventType::VisibilityChanged,
            What::Claimed { .. } => EventType::Claimed,
            What::Released { .. } => EventType::Released,
            What::TakenOver { .. } => EventType::TakenOver,
            What::Reassigned { .. } => EventType::Reassigned,
            What::Answered { .. } => EventType::Answered,
            What::Commented { .. } => EventType::Commented,
            What::Waiting {} => EventType::Waiting,
            What::Resumed {} => EventType::Resumed,
            What::Accepted { .. } => EventType::Accepted,
            What::Closed { .. } => EventType::Closed,
            What::Withdrawn {} => EventType::Withdrawn,
            What::Merged { .. } => EventType::Merged,
            What::Absorbed { .. } => EventType::Absorbed,
            What::Reopened { .. } => EventType::Reopened,
            What::HandoffOffered { .. } => EventType::HandoffOffered,
            What::HandoffAccepted { .. } => EventType::HandoffAccepted,
            What::HandoffDeclined { .. } => EventType::HandoffDeclined,
            What::HandoffWithdrawn { .. } => EventType::HandoffWithdrawn,
            What::HandoffExpired { .. } => EventType::HandoffExpired,
            What::Overdue { .. } => EventType::Overdue,
            What::Escalated { .. } => EventType::Escalated,
            What::Reminded { .. } => EventType::Reminded,
            What::GuestInvited { .. } => EventType::GuestInvited,
            What::GuestRevoked { .. } => EventType::GuestRevoked,
            What::ManyHops { .. } => EventType::ManyHops,
        })
    }

    /// Those that can be chosen.
    pub fn choices() -> impl Iterator<Item = EventType> {
        EventType::ALL.iter().copied().filter(|one| *one != EventType::Test)
    }
}
