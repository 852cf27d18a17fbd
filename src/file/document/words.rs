//! The words of which a field takes one.

use schemars::JsonSchema;
use serde::Serialize;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
        pub enum $name {
            $($(#[$word_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Each of them, in the order of the product's own list.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word as it stands in the file.
            pub fn word(self) -> &'static str {
                match self {
                    $($name::$variant => $word,)+
                }
            }
        }
    };
}

words! {
    /// What an organization does in a hackathon.
    Function {
        /// Sponsors the event and receives what is built.
        Host = "host",
        /// Pays for a part of it.
        Sponsor = "sponsor",
        /// Owns the platform that teams build on.
        PlatformVendor = "platform_vendor",
        /// Runs the event.
        EventPlanner = "event_planner",
        /// Helps teams to build.
        DeliveryPartner = "delivery_partner",
    }
}

words! {
    /// What somebody does in a hackathon, which decides what they may do.
    Role {
        /// Sets the event up.
        Organizer = "organizer",
        /// Helps the teams given to them.
        Mentor = "mentor",
        /// Answers for an organization.
        Responder = "responder",
        /// Builds, in a team.
        Participant = "participant",
        /// Scores what was built.
        Judge = "judge",
        /// Only looks on.
        Observer = "observer",
    }
}

words! {
    /// How a holder is reached.
    ChannelKind {
        /// A chat room, by its address.
        Chat = "chat",
        /// An email address.
        Email = "email",
        /// A meeting, by its address.
        Meeting = "meeting",
        /// A telephone number.
        Phone = "phone",
        /// Any other address, such as a form or a ticket desk.
        Url = "url",
        /// A room or a desk, in words.
        InPerson = "in_person",
    }
}

words! {
    /// How far the sponsor wants an idea to go.
    Ambition {
        /// To learn what is possible.
        Exploration = "exploration",
        /// A proof of concept.
        Poc = "poc",
        /// A trial with real users.
        Pilot = "pilot",
        /// Something to build and run.
        Production = "production",
    }
}

words! {
    /// What has not happened.
    Trigger {
        /// Nobody has claimed a question.
        Unclaimed = "unclaimed",
        /// Nobody has answered it.
        Unanswered = "unanswered",
        /// Nobody has accepted or declined the offer to take it.
        HandoffUnanswered = "handoff_unanswered",
    }
}

words! {
    /// Whom a step tells. Where there is nobody of the kind, the organizers are told.
    Tell {
        /// Who leads the holder that a question lies with.
        HolderLead = "holder_lead",
        /// The accountable for its topic.
        Accountable = "accountable",
        /// The mentors of the asker's team.
        TeamMentors = "team_mentors",
        /// Those who run the hackathon.
        Organizers = "organizers",
        /// The one that the step names.
        Holder = "holder",
    }
}
