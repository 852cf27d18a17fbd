//! Following: being told of every event of a question.

use super::then::Then;
use crate::access::policy::Follow;
use crate::access::{May, Within};
use crate::hackathon::Hackathon;
use crate::pages::Shown;
use crate::question::{self, Question};

/// `POST .../follow`
pub async fn follow(may: May<Follow, Within<Hackathon, Question>>, then: Then) -> Shown {
    let done = may.write(|tx, right| question::follow(tx, &right.on().item, right.user())).await;
    then.done(done, Vec::new()).await
}

/// `POST .../unfollow`
pub async fn unfollow(may: May<Follow, Within<Hackathon, Question>>, then: Then) -> Shown {
    let done = may.write(|tx, right| question::unfollow(tx, &right.on().item, right.user())).await;
    then.done(done, Vec::new()).await
}
