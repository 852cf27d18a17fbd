//! `/v1/hackathons/{hackathon}/questions/{question}/followers/me`: "me too".

use crate::access::policy::Follow;
use crate::access::{Answer, May, Within};
use crate::api::Answered;
use crate::hackathon::Hackathon;
use crate::question::{self, Question};

/// `PUT /v1/hackathons/{hackathon}/questions/{question}/followers/me`
pub async fn follow(may: May<Follow, Within<Hackathon, Question>>) -> Answered {
    may.write(|tx, right| {
        question::follow(tx, &right.on().item, right.user())?;
        Ok(Answer::done())
    })
    .await
}

/// `DELETE /v1/hackathons/{hackathon}/questions/{question}/followers/me`
pub async fn unfollow(may: May<Follow, Within<Hackathon, Question>>) -> Answered {
    may.write(|tx, right| {
        question::unfollow(tx, &right.on().item, right.user())?;
        Ok(Answer::done())
    })
    .await
}
