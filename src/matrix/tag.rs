//! What stands in the `ETag` of the matrix.

use crate::base::Id;
use crate::hackathon::Hackathon;

/// That of a version, which never changes; 0 where nothing is published.
pub fn version(hackathon: Id<Hackathon>, version: i32) -> String {
    format!("{hackathon}-v{version}")
}

/// That of the whole draft. Its first number grows with the draft alone and is what a change of the draft is compared
/// with; the second grows with every name in it as well.
pub fn draft(event: &Hackathon) -> String {
    format!("{}{}", draft_start(event), event.directory_version)
}

/// How every tag of this state of the draft begins.
pub fn draft_start(event: &Hackathon) -> String {
    format!("{}-draft-{}-", event.id, event.draft_version)
}
