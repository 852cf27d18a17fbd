//! Telling people what happened: at once where a commit is announced, every second besides.

use std::time::Duration;

use super::every;
use crate::notification::Teller;

/// How often the outbox and the mails are looked at when nothing is announced.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is looked whether people are to be reminded of something. Reminders go by days.
const REMIND: Duration = Duration::from_secs(5);
/// How often it is counted what waits.
const MEASURE: Duration = Duration::from_secs(60);

/// Starts telling on the present runtime. It ends with it.
pub fn start(teller: &Teller) {
    let (dispatcher, postman, meter) = (teller.clone(), teller.clone(), teller.clone());
    tokio::spawn(every(Duration::ZERO, "telling people what happened", move || {
        let teller = dispatcher.clone();
        async move {
            teller.wait(LOOK).await;
            teller.dispatch().await
        }
    }));
    let reminder = teller.clone();
    tokio::spawn(every(REMIND, "reminding people", move || {
        let teller = reminder.clone();
        async move { teller.remind().await }
    }));
    if teller.mails() {
        tokio::spawn(every(LOOK, "sending mail", move || {
            let teller = postman.clone();
            async move { teller.send().await }
        }));
        tokio::spawn(every(MEASURE, "counting mails", move || {
            let teller = meter.clone();
            async move { teller.measure().await }
        }));
    }
}
